#!/usr/bin/env bash
# The package as users get it: installed from its tarball with each npm, with a compiler and without one, and on each
# newer Node. Prints a line for each, and ends with an error when one does not do what the README says.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly NPMS=(10 11 12)
readonly NODES=(22 24 26)
# The one newer Node on which the tests run too.
readonly TESTED_NODE=24
readonly TESTED_LABS=(healthy host port path)
# What measures where raw-socket was not built.
readonly WITHOUT_RAW=null

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() {
  echo "test/install.sh: $*" >&2
  exit 1
}

# The method that echoes were sent by, as the report tells it.
engine_of() {
  "$@" check 127.0.0.1 --json | node -e '
    const { verdict, evidence } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
    console.log(`${verdict} ${evidence.ping.method}`);'
}

expect() {
  local what=$1 wanted=$2
  shift 2
  "$@" --version >/dev/null || fail "$what: netwhy --version does not work"
  local got
  got=$(engine_of "$@") || fail "$what: netwhy check 127.0.0.1 does not work"
  [[ $got == "healthy $wanted" ]] || fail "$what: expected $wanted, got $got"
  echo "$what: ${got#healthy }"
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
  engine=raw
  ((version < 12)) || engine=$WITHOUT_RAW
  node "$npm_cli" install --silent --global --prefix "$prefix" "$tarball" >/dev/null 2>&1
  expect "npm $version, with a compiler" "$engine" "$prefix/bin/netwhy"
  node "$npm_cli" install --silent --global --prefix "$prefix-allowed" --allow-scripts=raw-socket "$tarball" >/dev/null 2>&1
  expect "npm $version, with a compiler and --allow-scripts=raw-socket" raw "$prefix-allowed/bin/netwhy"
  PATH="$without_compiler" node "$npm_cli" install --silent --global --prefix "$prefix-bare" "$tarball" >/dev/null 2>&1
  expect "npm $version, without a compiler" "$WITHOUT_RAW" "$prefix-bare/bin/netwhy"
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
  expect "Node $version, without optional packages" null "${netwhy[@]}"
  build_raw_socket "$node_folder" "$modules"
  expect "Node $version, raw-socket built for it" raw "${netwhy[@]}"
  ((version == TESTED_NODE)) || continue
  export PATH="$node_folder/bin:$PATH" NETWHY_PROGRAM="${netwhy[1]}" NETWHY_LAB_RUN="nw$$"
  echo "Tests on $(node --version)"
  node node_modules/vitest/vitest.mjs run --config test/vitest.config.ts --project unit
  node node_modules/vitest/vitest.mjs run --config test/vitest.config.ts --project lab \
    "${TESTED_LABS[@]/#/test/lab/}"
done
