"""Form packs as files of this machine: whole signed files, downloads under way, the Treasury's keys, what is set aside.

Nothing here is trusted because it lies here: whoever reads a pack verifies its signature again. Files are named by the
SHA-256 of their bytes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from desktop.store.downloads import Downloads
from desktop.store.durable import write_file
from desktop.store.machine import data_folder

SUFFIX = ".vxpack"
_KEYS, _ASIDE = "keys.json", "aside.json"
_LIMIT = 256 * 1024
"""Bytes of the two lists that are read; a longer file is none of ours."""


class PackFolder(Downloads):
    """The folder of packs; made when something is first kept. What writes may raise OSError."""

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__(folder or data_folder() / "packs")

    def files(self) -> list[Path]:
        """Name the packs that are here, in a fixed order."""
        return sorted(self.folder.glob(f"*{SUFFIX}")) if self.folder.is_dir() else []

    def path(self, sha256: str) -> Path:
        """Name the file of a pack."""
        return self.folder / f"{sha256}{SUFFIX}"

    def add(self, sha256: str, content: bytes) -> Path:
        """Keep a pack durably, whole or not at all; what was downloaded of it goes."""
        self._make()
        path = self.path(sha256)
        write_file(path, content)
        self.drop(sha256)
        return path

    # What the machine knows beside the packs

    def keys(self) -> dict[str, str]:
        """Return the Treasury's keys that units of this machine were given: key id to raw public key, base64."""
        return {name: key for name, key in self._pairs(_KEYS) if isinstance(key, str)}

    def pin(self, keys: Mapping[str, str]) -> None:
        """Remember a unit's Treasury keys for commands that open no unit."""
        known = self.keys()
        if not keys.items() <= known.items():
            self._keep(_KEYS, {**known, **keys})

    def aside(self) -> frozenset[str]:
        """Return the versions that new drafts are not to use."""
        return frozenset(name for name, _ in self._pairs(_ASIDE))

    def put_aside(self, versions: Collection[str]) -> None:
        """Remember them."""
        self._keep(_ASIDE, dict.fromkeys(sorted(versions), True))

    def _pairs(self, name: str) -> Iterator[tuple[str, object]]:
        try:
            with (self.folder / name).open("rb") as file:
                values = json.loads(file.read(_LIMIT))
        except (OSError, ValueError, RecursionError):
            return  # none yet, or damaged: no key is trusted, no pack is set aside
        if isinstance(values, dict):
            yield from values.items()

    def _keep(self, name: str, values: Mapping[str, object]) -> None:
        self._make()
        write_file(self.folder / name, json.dumps(values, ensure_ascii=False, indent=1).encode())

    def settled(self, sha256: str) -> bool:
        """Tell whether nothing is left to fetch: the pack is here, or it was refused."""
        return self.path(sha256).is_file() or self.refused(sha256)
