"""Signs a folder of forms as a pack for the units (docs/packs.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.signing.device import DeviceKey
from desktop.signing.packfile import read_packfile, write_pack
from gateway.errors import GatewayError
from gateway.home import Home

MAX_FILES = 200
_LIMIT = 1024 * 1024
"""Bytes of one file of a folder."""


def sign_folder(home: Home, folder: Path, out: Path) -> dict[str, Any]:
    """Write the signed pack of a folder's JSON files; tells what it is.

    Raises GatewayError not_readable, PackError pack_bad_forms, OSError.
    """
    content = write_pack(_files(folder), DeviceKey.load(home.statement_key_file.read_bytes()))
    signed = read_packfile(content, home.statement_key().published)
    out.write_bytes(content)
    pack = signed.pack
    told = {"version": pack.version, "valid_from": pack.valid_from, "forms": len(pack.forms)}
    return {"file": str(out), "size": len(content), "sha256": signed.sha256, "key_id": signed.key_id, **told}


def _files(folder: Path) -> dict[str, bytes]:
    paths = sorted(folder.glob("*.json"))
    if not paths or len(paths) > MAX_FILES:
        raise GatewayError(404, "not_readable", f"Thư mục {folder} không có các tệp JSON của một bộ mẫu.")
    found = {}
    for path in paths:
        with path.open("rb") as file:
            found[path.name] = file.read(_LIMIT)
    return found
