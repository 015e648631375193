#!/bin/sh
# Get a Chromium for the browser tests where there is none. Usage: get_chromium.sh PYTHON
set -e
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done
if [ -r /etc/os-release ] && grep -q '^ID=debian' /etc/os-release; then
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo"
    $as_root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends \
        chromium fonts-dejavu-core >/dev/null
else
    "$1" -m playwright install chromium
fi
