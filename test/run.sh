#!/usr/bin/env bash
# What `npm test` and `npm run test:all` run. Whatever cannot run here is named with its reason; with CI=true that is a
# failure.
#   test/run.sh [unit|quick|lab|e2e]...     by default unit, quick and e2e: all but the whole lab
#     unit   everything pure, and the program's own processes
#     quick  one real fault for each code, and the wizard on real networks
#     lab    every real network
#     e2e    the program on a terminal
set -euo pipefail
cd "$(dirname "$0")/.."

# Command and the Debian package that brings it.
readonly TOOLS=(ip:iproute2 ss:iproute2 nft:nftables ping:iputils-ping traceroute:traceroute mtr-packet:mtr-tiny
  tracepath:iputils-tracepath busybox:busybox-static getent:libc-bin ps:procps tmux:tmux unshare:util-linux mount:mount
  ssh:openssh-client sshd:openssh-server openssl:openssl)
LAYERS=("$@")
((${#LAYERS[@]} > 0)) || LAYERS=(unit quick e2e)
readonly LAYERS
skipped=()
failed=()

wanted() { [[ " ${LAYERS[*]} " == *" $1 "* ]]; }
has() { PATH="$PATH:/usr/sbin:/sbin" command -v "$1" >/dev/null; }

missing_packages() {
  local entry
  for entry in "${TOOLS[@]}"; do has "${entry%%:*}" || echo "${entry##*:}"; done | sort -u
}

install_missing() {
  local packages
  packages=$(missing_packages)
  [[ -n $packages && $(id -u) == 0 ]] && command -v apt-get >/dev/null || return 0
  echo "Installing what the tests need:" $packages
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages ||
    echo "apt-get could not install them." >&2
}

skip() {
  echo "SKIPPED $1: $2" >&2
  skipped+=("$1")
}

layer() {
  echo "== $1"
  "${@:2}" || failed+=("$1")
}

# Vitest colours its output where it may; the machine's certificates cost each start of Node 20 a tenth of a second.
run_project() { env -u NODE_EXTRA_CA_CERTS node_modules/.bin/vitest run --config test/vitest.config.ts --project "$1"; }

can_make_namespaces() {
  local name="nw$$-0-0-try"
  ip netns add "$name" 2>/dev/null || return 1
  local works=0
  ip netns exec "$name" sh -c 'mount --bind /etc/hostname /etc/hosts && nft list ruleset' >/dev/null 2>&1 || works=1
  ip netns del "$name"
  return "$works"
}

# A user namespace makes an ordinary user root of networks of its own; they vanish with the process (ip-netns(8) wants
# to write to /run/netns, and a resolv.conf that links into /run needs something to be linked to).
readonly AS_ROOT_OF_ITS_OWN='
  resolv=$(readlink -m /etc/resolv.conf)
  mount -t tmpfs tmpfs /run && mkdir -p /run/netns "$(dirname "$resolv")"
  [ -e "$resolv" ] || : > "$resolv"
  ip link set lo up
  exec "$@"'
rootless() { unshare --user --map-root-user --net --mount --mount-proc --pid --fork bash -c "$AS_ROOT_OF_ITS_OWN" bash "$@"; }

# run_lab PROJECT
run_lab() {
  export NETWHY_LAB_RUN="nw$$"
  local missing
  missing=$(missing_packages | tr '\n' ' ')
  if [[ -n $missing ]]; then
    skip "$1" "these Debian packages (or what they hold) are missing: $missing"
  elif [[ $(id -u) == 0 ]] && can_make_namespaces; then
    layer "$1" run_project "$1"
    no_leftovers
  elif rootless bash test/run.sh can-make-namespaces 2>/dev/null; then
    layer "$1" rootless bash test/run.sh inside "$1"
  else
    skip "$1" "this user may make network namespaces neither as root nor in a user namespace"
  fi
}

no_leftovers() {
  local left
  left=$(ip netns list | awk -v run="nw$$-" 'index($1, run) == 1 { print $1 }')
  [[ -z $left ]] && return
  echo "The lab left namespaces behind: $left" >&2
  failed+=(leftovers)
}

case "${1:-}" in
  can-make-namespaces) can_make_namespaces; exit ;;
  inside) run_project "$2"; exit ;;
esac

export PATH="$PATH:/usr/sbin:/sbin"
install_missing
npm run --silent build
if wanted unit; then layer unit run_project unit; fi
# The whole lab holds what the quick layer runs.
if wanted lab; then run_lab lab; elif wanted quick; then run_lab quick; fi
if wanted e2e; then
  if has tmux; then layer e2e run_project e2e; else skip e2e "tmux is missing: it plays the terminal"; fi
fi

((${#skipped[@]} == 0)) || echo "Skipped: ${skipped[*]}" >&2
((${#failed[@]} == 0)) || { echo "Failed: ${failed[*]}" >&2; exit 1; }
if ((${#skipped[@]} > 0)) && [[ ${CI:-} == true ]]; then
  echo "In CI a skip is a failure." >&2
  exit 1
fi
