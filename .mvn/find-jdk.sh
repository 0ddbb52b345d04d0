#!/bin/sh
# Prints the home of a JDK new enough for Tandem, or says what to install. Read by ./tandem, ./mvnw and .ci/run.
needed=25

# The `release` file tells the version without starting a JVM.
new_enough() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [ "${version:-0}" -ge "$needed" ]
}

for home in \
    "${JAVA_HOME:-}" \
    "$(dirname -- "$(dirname -- "$(readlink -f -- "$(command -v javac)" 2>/dev/null)")")" \
    /usr/lib/jvm/* \
    /usr/local/lib/jvm/* \
    /usr/java/* \
    /opt/* \
    /opt/java/* \
    "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* \
    "$HOME"/.asdf/installs/java/* \
    "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
do
    if new_enough "$home"; then
        printf '%s\n' "$home"
        exit 0
    fi
done

cat >&2 <<END
Tandem needs a JDK $needed or newer, and none was found: not in JAVA_HOME, not on the PATH, not in the usual folders.
Install one and start again:
  Debian, Ubuntu   apt install openjdk-$needed-jdk   (where the release has it)
  macOS            brew install openjdk
  anywhere         unpack an archive from https://adoptium.net and set JAVA_HOME to its folder
END
exit 1
