#!/usr/bin/env bash
# The package as users get it: installed from its tarball with each npm, with a compiler and without one, and on each
# newer Node. Prints a line for each, and ends with an error when one does not do what the README says.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly NPMS=(10 11 12)
readonly NODES=(22 24 26)
# The one newer Node on which the tests run too.
readonly TESTED_NODE=24
readonly TESTED_LABS=(healthy host path port ports ports-on)
scratch=$(mktemp -d)
# Ordinary users of the lab run the node in it.
chmod 755 "$scratch"
trap 'rm -rf "$scratch"' EXIT

fail() {
  echo "test/install.sh: $*" >&2
  exit 1
}

# What doctor says of raw-socket, and by which engine the echoes of a check go; fails where a missing engine comes
# without the command that grants it.
seen_by() {
  local doctor report
  doctor=$("$@" doctor --json) || (($? == 1)) || return 1
  report=$("$@" check 127.0.0.1 --json) || return 1
  DOCTOR=$doctor REPORT=$report node -e '
    const { capabilities } = JSON.parse(process.env.DOCTOR);
    const { verdict, evidence } = JSON.parse(process.env.REPORT);
    const raw = capabilities.find(({ id }) => id === "raw");
    if (raw.state !== "full" && raw.grants.length === 0) throw new Error("no command grants the raw engine");
    const engine = evidence.ping.method === "raw" ? "raw" : "another engine";
    console.log(`${verdict} by ${engine}, raw ${raw.cause}`);'
}

# The second argument is the cause that doctor has to give (`*`: any); with `answered` the raw engine measures, else
# another one.
expect() {
  local what=$1 cause=$2
  shift 2
  "$@" --version >/dev/null || fail "$what: netwhy --version does not work"
  local got wanted="healthy by another engine, raw $cause"
  [[ $cause != answered ]] || wanted="healthy by raw, raw answered"
  got=$(seen_by "$@") || fail "$what: netwhy check 127.0.0.1 or netwhy doctor does not work"
  # shellcheck disable=SC2053 # the cause may be a pattern
  [[ $got == $wanted ]] || fail "$what: expected $wanted, got $got"
  echo "$what: $got"
}

# Runs the commands by which doctor grants an engine, with this npm.
grant() {
  local npm_cli=$1 engine=$2
  shift 2
  mkdir -p "$scratch/granting"
  printf '#!/bin/sh\nexec node "%s" "$@"\n' "$npm_cli" >"$scratch/granting/npm"
  chmod +x "$scratch/granting/npm"
  { "$@" doctor --json || (($? == 1)); } | ENGINE=$engine node -e '
    const { capabilities } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
    const { grants } = capabilities.find(({ id }) => id === process.env.ENGINE);
    console.log(grants.map(({ command }) => command).join("\n"));' >"$scratch/granting/commands"
  PATH="$scratch/granting:$PATH" bash -e "$scratch/granting/commands" >/dev/null 2>&1 || fail "doctor's commands do not work"
}

# Only Node and a shell: nothing that could compile.
bare_path() {
  mkdir -p "$scratch/bare"
  ln -sf "$(command -v node)" "$(command -v sh)" "$(command -v env)" "$scratch/bare/"
  echo "$scratch/bare"
}

npm_of() { echo "$scratch/npm-$1/node_modules/npm/bin/npm-cli.js"; }

npm pack --silent --pack-destination "$scratch" >/dev/null
tarball=$(echo "$scratch"/netwhy-*.tgz)
without_compiler=$(bare_path)
for version in "${NPMS[@]}"; do
  npm install --silent --no-save --prefix "$scratch/npm-$version" "npm@$version" >/dev/null
  prefix="$scratch/with-npm-$version"
  npm_cli=$(npm_of "$version")
  # npm 12 runs no install script that it was not told to.
  built=answered
  left_out=not-installed
  if ((version >= 12)); then
    built=not-built
    left_out=not-built
  fi
  node "$npm_cli" install --silent --global --prefix "$prefix" "$tarball" >/dev/null 2>&1
  expect "npm $version, with a compiler" "$built" "$prefix/bin/netwhy"
  node "$npm_cli" install --silent --global --prefix "$prefix-allowed" --allow-scripts=raw-socket "$tarball" >/dev/null 2>&1
  expect "npm $version, with a compiler and --allow-scripts=raw-socket" answered "$prefix-allowed/bin/netwhy"
  PATH="$without_compiler" node "$npm_cli" install --silent --global --prefix "$prefix-bare" "$tarball" >/dev/null 2>&1
  expect "npm $version, without a compiler" "$left_out" "$prefix-bare/bin/netwhy"
  [[ $built == answered ]] || {
    grant "$npm_cli" raw "$prefix/bin/netwhy"
    expect "npm $version, after what doctor says" answered "$prefix/bin/netwhy"
  }
done

# raw-socket is built for one version of Node, with headers of that version and a nan that knows it.
build_raw_socket() {
  local node_folder=$1 modules=$2
  cp -r node_modules/raw-socket node_modules/nan "$modules"
  (cd "$modules/raw-socket" && PATH="$node_folder/bin:$PATH" node "$scratch/npm-11/node_modules/npm/node_modules/node-gyp/bin/node-gyp.js" \
    rebuild --silent --nodedir "$node_folder" >/dev/null 2>&1)
}

for version in "${NODES[@]}"; do
  npm install --silent --no-save --prefix "$scratch/node-$version" "node-linux-$(node -p process.arch)@$version" >/dev/null
  node_folder=$(echo "$scratch/node-$version"/node_modules/node-linux-*)
  prefix="$scratch/with-node-$version"
  npm install --silent --global --prefix "$prefix" --omit=optional "$tarball" >/dev/null 2>&1
  modules="$prefix/lib/node_modules/netwhy/node_modules"
  netwhy=("$node_folder/bin/node" "$prefix/lib/node_modules/netwhy/dist/bin.js")
  expect "Node $version, without optional packages" "*" "${netwhy[@]}"
  build_raw_socket "$node_folder" "$modules"
  cp -r node_modules/koffi node_modules/@koromix "$modules"
  expect "Node $version, raw-socket built for it" answered "${netwhy[@]}"
  for engine in raw kernel system sockets; do
    "${netwhy[@]}" check 127.0.0.1 --quiet --engine "$engine" || fail "Node $version, engine $engine: 127.0.0.1 is not healthy"
  done
  ((version == TESTED_NODE)) || continue
  export PATH="$node_folder/bin:$PATH" NETWHY_PROGRAM="${netwhy[1]}" NETWHY_LAB_RUN="nw$$"
  echo "Tests on $(node --version)"
  node node_modules/vitest/vitest.mjs run --config test/vitest.config.ts --project unit
  node node_modules/vitest/vitest.mjs run --config test/vitest.config.ts --project lab \
    $(printf 'test/lab/%s.test.ts ' "${TESTED_LABS[@]}")
done
