#!/bin/sh
# Prints the home of a JDK 25: JAVA_HOME where that is one, else the first found in the usual places.
# Use it as: JAVA_HOME="$(sh .mvn/find-jdk.sh)" || exit 1; export JAVA_HOME
set +f

is_jdk_25() {
  [ -x "$1/bin/javac" ] && grep -Eq '^JAVA_VERSION="25[".]' "$1/release" 2>/dev/null
}

on_path="$(command -v javac 2>/dev/null)"
[ -z "$on_path" ] || on_path="$(dirname "$(dirname "$(readlink -f "$on_path" 2>/dev/null)")")"

for home in "${JAVA_HOME-}" "$on_path" \
  /usr/lib/jvm/* /usr/java/* /usr/local/*jdk* /opt/* /opt/*/* \
  "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* "${HOME-}"/.asdf/installs/java/* \
  "${HOME-}"/.local/share/mise/installs/java/* \
  /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
  /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
  if [ -n "$home" ] && is_jdk_25 "$home"; then
    printf '%s\n' "$home"
    exit 0
  fi
done

echo "Latchkey needs a JDK 25; none found in JAVA_HOME, PATH, /usr/lib/jvm, /usr/java, /usr/local, /opt, ~/.sdkman, ~/.jdks, ~/.asdf, mise, Homebrew or /Library/Java/JavaVirtualMachines." >&2
exit 1
