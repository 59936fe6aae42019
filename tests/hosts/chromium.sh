#!/bin/sh
# Prints the path of a Chromium, and installs one if there is none: the system's package as root, else Playwright's own, for
# which it prints nothing: Playwright finds it by itself.
find_one() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return
    done
    return 1
}
find_one && exit
if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
    apt-get update >&2 && apt-get install -y chromium >&2 && find_one && exit
fi
cd "$(dirname "$0")/../../bindings/wasm" && npx playwright-core install chromium >&2
