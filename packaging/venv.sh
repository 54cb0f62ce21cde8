#!/bin/sh
# Makes a virtual environment where there is none and installs a lock in it. Usage: packaging/venv.sh PYTHON VENV LOCK
set -eu

python=$1
venv=$2
lock=$3

if ! "$venv/bin/python" -c '' 2>/dev/null; then
    if [ -e "$venv" ] && [ ! -e "$venv/pyvenv.cfg" ]; then
        echo "$venv is there and is no virtual environment. Move it away or name another: make VENV=.venv2" >&2
        exit 1
    fi
    echo "Making $venv with $("$python" --version)" >&2
    rm -rf "$venv"
    "$python" -m venv "$venv"
fi
"$venv/bin/python" -m pip --version >/dev/null 2>&1 || "$venv/bin/python" -m ensurepip >/dev/null
echo "Installing $(grep -c '^[a-z0-9]' "$lock") packages of $lock" >&2
"$venv/bin/python" -m pip --disable-pip-version-check --no-input --quiet --require-virtualenv \
    install --require-hashes -r "$lock"
