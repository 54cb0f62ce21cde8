#!/bin/sh
# Sees to it that the machine has what pip cannot bring. Usage: packaging/system.sh PYTHON LIST...
# On Debian, as root: installs what is missing. Otherwise: says the one line to run, and stops.
set -eu

python=$1
shift
missing=""

say() { printf '%s\n' "$*" >&2; }

installed() { dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

known() { apt-cache show "$1" >/dev/null 2>&1; }

pick() { # the first of a|b|c that apt knows, else the first
    for name in $(echo "$1" | tr '|' ' '); do
        if known "$name"; then
            echo "$name"
            return
        fi
    done
    echo "${1%%|*}"
}

if ! command -v "$python" >/dev/null 2>&1; then
    say "There is no Python called '$python'. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.11"
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "$("$python" --version) is too old: Python 3.11 or newer is needed. Name another: make PYTHON=/path/to/python3.11"
    exit 1
fi

has_venv=yes
"$python" -c 'import venv, ensurepip' 2>/dev/null || has_venv=no

if ! command -v dpkg-query >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
    if [ $has_venv = no ]; then
        say "$python cannot make virtual environments: install its venv and ensurepip modules first."
        exit 1
    fi
    exit 0 # not a Debian: the names of the packages are in packaging/debian-packages-*.txt
fi

if [ $has_venv = no ]; then
    missing="python3-venv"
fi
for list in "$@"; do
    for entry in $(sed 's/#.*//' "$list"); do
        found=no
        for name in $(echo "$entry" | tr '|' ' '); do
            if installed "$name"; then
                found=yes
                break
            fi
        done
        [ $found = yes ] || missing="$missing $entry"
    done
done
[ -n "$missing" ] || exit 0

chosen() { for entry in $missing; do pick "$entry"; done | tr '\n' ' '; }

if [ "$(id -u)" != 0 ]; then
    say "Some system packages are missing. Run this once, then make again:"
    say "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $(chosen)"
    exit 1
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
install() {
    # shellcheck disable=SC2046 # one word per package
    apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 $(chosen) >"$log" 2>&1 </dev/null
}
say "Installing from Debian: $(chosen)"
if ! install; then # no package lists yet, or old ones
    if ! apt-get update -qq >"$log" 2>&1 </dev/null || ! install; then
        tail -n 15 "$log" >&2
        say "The packages above could not be installed; the reason stands in the lines before. Mend it and run make again."
        exit 1
    fi
fi
if [ $has_venv = no ] && ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    say "$python still cannot make virtual environments. Debian's own will do: make PYTHON=/usr/bin/python3"
    exit 1
fi
