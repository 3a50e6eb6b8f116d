#!/usr/bin/env bash
# Writes the lock files (exact pins with hashes) from the *.in files, keeping the pins that still fit.
# To move one package: change its pin in the .in file, or delete its lines from the .txt file, then run this.
set -euo pipefail
cd "$(dirname "$0")"
tool=../build/lock-tool
[ -x "$tool/bin/uv" ] || { python3.11 -m venv "$tool" && "$tool/bin/pip" install --quiet "uv==0.13.8"; }
lock() {
    local name=$1
    shift
    "$tool/bin/uv" pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url \
        --custom-compile-command "requirements/lock.sh" "$@" "$name.in" -o "$name.txt"
}
lock runtime
lock dev
lock assets --no-deps
