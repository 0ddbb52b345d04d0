#!/usr/bin/env bash
# Starts the npm package `oidc-provider` as a peer for the conformance suite; Ctrl-C ends it.
# Needs Node.js 20.19 or newer, and npm for the first start.
set -euo pipefail

port=${1:-18401}
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
work=$here/../target/peers/oidc-provider

mkdir -p "$work"
cp "$here/package.json" "$here/package-lock.json" "$here/oidc-provider.mjs" "$work/"
cd "$work"
if ! cmp -s package-lock.json node_modules/installed; then
    npm ci --no-audit --no-fund
    cp package-lock.json node_modules/installed
fi
exec node oidc-provider.mjs "$port"
