#!/usr/bin/env bash
# Approves a code at glewlwyd as its pages do, which are all script: signs in, grants, goes on.
# Called with the page's address, the user code, and allow or deny; its pages have no way to refuse.
set -euo pipefail

page=$1 code=$2 wish=$3
[ "$wish" = allow ] || exit 3

api=${page%/oidc/device*}
cookies=$(mktemp)
trap 'rm -f "$cookies"' EXIT

call() {
    curl --silent --show-error --fail --cookie "$cookies" --cookie-jar "$cookies" --output /dev/null \
        --write-out '%{redirect_url}' "$@"
}

json='Content-Type: application/json'
call --header "$json" --data "{\"username\":\"ada\",\"password\":\"$CONFORMANCE_PASSWORD\"}" "$api/auth/"
# The page tells what the code is for.
asked=$(call "$page?code=$code")
client=$(sed -n 's/.*[?&]client_id=\([^&]*\).*/\1/p' <<<"$asked")
scope=$(sed -n 's/.*[?&]scope=\([^&]*\).*/\1/p' <<<"$asked" | sed 's/+/ /g; s/%20/ /g')
if [ -n "$client" ]; then
    call --request PUT --header "$json" --data "{\"scope\":\"$scope\"}" "$api/auth/grant/$client"
fi
end=$(call "$page?code=$code&g_continue")
[[ $end == *prompt=deviceComplete* ]]
