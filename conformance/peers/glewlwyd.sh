#!/usr/bin/env bash
# Starts Debian's package `glewlwyd`, with SQLite, as a peer for the conformance suite; Ctrl-C ends it.
# Installs nothing: the packages are unpacked below conformance/target. Needs apt, dpkg, sqlite3, curl, openssl.
set -euo pipefail

port=${1:-18403}
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
work=$here/../target/peers/glewlwyd
root=$work/root
issuer=http://localhost:$port/api/oidc

mkdir -p "$work"
if [ ! -x "$root/usr/bin/glewlwyd" ]; then
    mkdir -p "$work/packages" "$root"
    # The program, its pages, and such libraries as are not here yet; what sets up a service is left out.
    apt-get --simulate --no-install-recommends install glewlwyd dbconfig-no-thanks |
        awk '/^Inst (glewlwyd|lib)/ {print $2} END {print "libjs-jquery fonts-fork-awesome"}' |
        (cd "$work/packages" && xargs apt-get download)
    for package in "$work"/packages/*.deb; do
        dpkg-deb --extract "$package" "$root"
    done
    # It serves no file behind a link.
    ln --symbolic --force "$root/etc/glewlwyd/config-2.7.json/config.json" "$root/usr/share/glewlwyd/webapp/config.json"
    cp --recursive --dereference "$root/usr/share/glewlwyd/webapp" "$work/pages"
fi

rm -f "$work/glewlwyd.db" "$work/cookies"
zcat "$root/usr/share/doc/glewlwyd/database/init.sqlite3.sql.gz" | sqlite3 "$work/glewlwyd.db"
zcat "$root/usr/share/doc/glewlwyd/glewlwyd.conf.sample.gz" | sed \
    -e "s|^port=.*|port=$port\nbind_address=\"127.0.0.1\"|" \
    -e "s|^external_url=.*|external_url=\"http://localhost:$port\"|" \
    -e "s|^login_url=.*|login_url=\"login.html\"|" \
    -e "s|^cookie_secure=.*|cookie_secure=0|" \
    -e "s|^static_files_path=.*|static_files_path=\"$work/pages/\"|" \
    -e "s|\"/usr/|\"$root/usr/|" \
    -e "s|/var/cache/glewlwyd/|$work/|" >"$work/glewlwyd.conf"
[ -f "$work/key.pem" ] || openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$work/key.pem"
openssl pkey -in "$work/key.pem" -pubout -out "$work/public.pem"

libraries=$(find "$root/usr/lib" "$root/lib" -maxdepth 1 -type d -name '*-linux-*' | paste -sd:)
LD_LIBRARY_PATH=$libraries "$root/usr/bin/glewlwyd" --config-file="$work/glewlwyd.conf" &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" || true' EXIT INT TERM

api() { # method path json
    curl --silent --show-error --fail-with-body --cookie "$work/cookies" --cookie-jar "$work/cookies" \
        --request "$1" --header 'Content-Type: application/json' --data "$3" "http://localhost:$port/api/$2"
}

for _ in $(seq 50); do
    curl --silent --output /dev/null "http://localhost:$port/config" && break
    kill -0 "$server"
    sleep 0.2
done

api POST auth/ '{"username":"admin","password":"password"}'
api POST scope/ '{"name":"offline","display_name":"Offline","description":"Go on without you","password_required":true,"scheme":{}}'
api POST user/ '{"username":"ada","name":"Ada Lovelace","email":"ada@example.com","password":"correct-horse-battery","enabled":true,"scope":["openid","offline","g_profile"]}'

client() { # id more
    api POST client/ "{\"client_id\":\"$1\",\"name\":\"$1\",\"enabled\":true,\"scope\":[],\"redirect_uri\":[],$2}"
}
device='"authorization_type":["device_authorization","refresh_token"]'
client tv "$device,\"confidential\":false,\"token_endpoint_auth_method\":[\"none\"]"
client radio "$device,\"confidential\":false,\"token_endpoint_auth_method\":[\"none\"]"
client printer "$device,\"confidential\":true,\"client_secret\":\"kept-in-a-drawer-0123456789abcdef\",\"token_endpoint_auth_method\":[\"client_secret_basic\"]"
client plain '"authorization_type":["code"],"confidential":false,"token_endpoint_auth_method":["none"]'

pem() { awk '{printf "%s\\n", $0}' "$1"; }
api POST mod/plugin/ "$(cat <<JSON
{"module":"oidc","name":"oidc","display_name":"OpenID Connect","parameters":{
"iss":"$issuer","jwt-type":"rsa","jwt-key-size":"256",
"key":"$(pem "$work/key.pem")","cert":"$(pem "$work/public.pem")",
"access-token-duration":3600,"refresh-token-duration":1209600,"code-duration":600,"refresh-token-rolling":true,
"refresh-token-one-use":"always",
"auth-type-code-enabled":true,"auth-type-device-enabled":true,"auth-type-refresh-enabled":true,
"auth-type-password-enabled":false,"auth-type-client-enabled":false,"auth-type-implicit-enabled":false,
"auth-type-none-enabled":false,"auth-type-token-enabled":false,
"device-authorization-expiration":600,"device-authorization-interval":5,
"subject-type":"public","scope":[],"additional-parameters":[],"claims":[],
"allowed-scope":["openid","offline"],"jwks-show":true,
"pkce-allowed":true,"pkce-method-plain-allowed":false,
"introspection-revocation-allowed":true,"introspection-revocation-allow-target-client":true,
"oauth-dpop-allowed":true,"oauth-dpop-iat-duration":60}}
JSON
)"
echo "issuer $issuer"
wait "$server"
