#!/usr/bin/env bash
# npm run lab -- NAME: builds the network of one fault (test/lab/faults.ts) and opens a shell in it; gone when the shell ends.
# NAME is a finding code, or `code: name` as a failed test prints it. Without a name: the list.
set -euo pipefail
cd "$(dirname "$0")/../.."
[[ $(id -u) == 0 ]] || { echo "Making networks needs root: sudo npm run lab -- ${1:-NAME}" >&2; exit 64; }

scratch=$(mktemp -d)
hold=$scratch/network
trap 'rm -f "$hold"; [[ -z ${builder:-} ]] || wait "$builder" || true; rm -rf "$scratch"' EXIT
[[ -e dist/bin.js ]] || npm run --silent build

NETWHY_LAB_NAME=${1:-} NETWHY_LAB_HOLD=$hold \
  node_modules/.bin/vitest run --config test/vitest.config.ts --project lab-shell >"$scratch/log" 2>&1 &
builder=$!
while [[ ! -s $hold ]]; do
  kill -0 "$builder" 2>/dev/null || { cat "$scratch/log" >&2; exit 70; }
  sleep 0.1
done

{ read -r namespace; read -r name || true; read -r target || true; } <"$hold"
if [[ $namespace == none ]]; then
  echo "Networks, by code and name:" >&2
  tail -n +2 "$hold" >&2
  exit 64
fi
echo "$name" >&2
echo "In it: node $PWD/dist/bin.js check $target      (exit removes the network)" >&2
ip netns exec "$namespace" "${SHELL:-/bin/bash}" || true
