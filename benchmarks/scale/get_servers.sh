#!/bin/sh
# Get nginx and Redis where they are missing; on Debian and its kin, elsewhere say what to install.
set -eu
PATH="$PATH:/usr/sbin"
missing=""
command -v nginx >/dev/null || missing="$missing nginx"
command -v redis-server >/dev/null || missing="$missing redis-server"
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null; then
    echo "Install$missing first." >&2
    exit 1
fi
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo"
$as_root apt-get update -qq
# shellcheck disable=SC2086  # one word for each package
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    $missing >/dev/null
