#!/usr/bin/env bash
# Makes a fresh clone ready: Debian packages (as root), locked Python packages in .venv, fonts and icons in build/assets.
# Does nothing when nothing it depends on has changed since it last finished.
set -euo pipefail
cd "$(dirname "$0")/.."
export PIP_DISABLE_PIP_VERSION_CHECK=1

say() { printf '%s\n' "$*" >&2; }

mkdir -p build
exec 9>build/setup.lock
flock 9

# 1. Debian packages: installed when root, else named and left to the user.
if command -v dpkg-query >/dev/null; then
    # a package counts as there when it, or one that provides it under another name, is installed
    there=$(dpkg-query -W -f '${db:Status-Status} ${Package}, ${Provides}\n' | sed -n 's/^installed //p' | tr ',' '\n' \
        | sed 's/^ *//; s/ .*//' | sort -u)
    missing=$(grep -v '^#' requirements/debian.txt | sort | comm -23 - <(printf '%s\n' "$there"))
    # a Python 3.11 from elsewhere brings its own venv module
    if python3.11 -c 'import ensurepip, venv' 2>/dev/null; then missing=$(grep -vx python3.11-venv <<<"$missing" || true); fi
    if [ -n "$missing" ] && [ "$(id -u)" = 0 ]; then
        say "Đang cài các gói Debian / installing Debian packages:" $missing
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq
        # shellcheck disable=SC2086  # a list of words
        apt-get install -y -qq --no-install-recommends $missing >build/apt.log 2>&1 || { tail -5 build/apt.log >&2; exit 1; }
    elif [ -n "$missing" ]; then
        say "Thiếu gói hệ thống, một số phần có thể không chạy. Hãy nhờ quản trị viên chạy:"
        say "System packages are missing, some parts may not work. Ask an administrator to run:"
        say "    apt-get install --no-install-recommends" $missing
    fi
else
    say "Không phải Debian: hãy tự cài những gói tương đương ghi trong requirements/debian.txt."
    say "Not Debian: install the equivalents of requirements/debian.txt yourself."
fi

# 2. Python packages, then fonts and icons; each only when what it depends on is not as it was.
key_of() { echo "$PWD $(cat "$@" | sha256sum)"; }
done_before() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

key=$(key_of requirements/dev.txt pyproject.toml)
if ! done_before .venv/setup.stamp "$key" || [ ! -x .venv/bin/vungxa ]; then
    if ! command -v python3.11 >/dev/null; then
        say "Cần Python 3.11 (lệnh python3.11). Hãy cài rồi chạy lại make setup."
        say "Python 3.11 is needed (command python3.11). Install it and run make setup again."
        exit 1
    fi
    say "Đang cài các gói Python đã khóa phiên bản vào .venv / installing the locked Python packages"
    python3.11 -m venv .venv
    .venv/bin/python -m pip install -qq --no-deps --require-hashes -r requirements/dev.txt
    .venv/bin/python -m pip install -qq --no-deps --no-build-isolation --editable .
    printf '%s' "$key" >.venv/setup.stamp
    say "Xong / ready: .venv/bin/vungxa"
fi

key=$(key_of requirements/assets.txt requirements/dev.txt installer/assets.toml installer/assets.py)
if ! done_before build/assets.stamp "$key" || [ ! -d build/assets ]; then
    say "Đang lấy phông chữ và biểu tượng / collecting fonts and icons"
    .venv/bin/python -m installer.assets
    printf '%s' "$key" >build/assets.stamp
fi
