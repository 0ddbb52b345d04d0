#!/usr/bin/env bash
# Starts Keycloak, in its mode for development, as a peer for the conformance suite; Ctrl-C ends it.
# Maven brings the distribution (170 MB) at the first start.
set -euo pipefail

version=26.7.3
port=${1:-18402}
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$here/../..
work=$here/../target/peers
home=$work/keycloak-$version

JAVA_HOME=$(sh "$root/.mvn/find-jdk.sh")
export JAVA_HOME JAVA_OPTS_KC_HEAP='-Xms64m -Xmx768m'

if [ ! -f "$home/lib/quarkus/build-system.properties" ]; then
    mkdir -p "$work"
    (cd "$root" && ./mvnw --batch-mode --quiet --non-recursive dependency:unpack \
        -Dartifact="org.keycloak:keycloak-quarkus-dist:$version:zip" -DoutputDirectory="$work")
fi

rm -rf "$home/data"
mkdir -p "$home/data/import"
cp "$here/conformance-realm.json" "$home/data/import/"
exec "$home/bin/kc.sh" start-dev --import-realm \
    --http-host=127.0.0.1 --http-port="$port" --hostname="http://localhost:$port"
