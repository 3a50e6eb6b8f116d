"""The look at each start: what a crash, a careful thief or a careless copy leaves behind shows here within 100 ms."""

from __future__ import annotations

import os
import re
from functools import cache
from importlib.resources import files

from desktop.dossier.data_views import Damage
from desktop.store.check_parts import RESTORE, Parts, hurt_attachment
from desktop.store.errors import in_words
from desktop.store.journal import JournalBroken
from desktop.store.sealed_file import sealed_size

TAIL = 200
"""Entries of the journal that are recomputed; the rest waits for the full check."""
_MADE = re.compile(r"^CREATE TRIGGER (\w+) \w+ \w+(?: OF \w+)? ON (\w+)", re.MULTILINE)
_GONE = re.compile(r"^DROP TABLE (\w+)", re.MULTILINE)
_EDGES = (
    "drafts",
    "submissions",
    "submission_objects",
    "signatures",
    "packages",
    "attempts",
    "receipts",
    "feed_events",
)


def look(parts: Parts) -> tuple[Damage, ...]:
    """Return what is seen at a glance. Raises StoreError store_damaged when not even that can be read."""
    return (*_schema(parts), *_journal(parts), *_files(parts), *_archives(parts), *_edges(parts))


@cache
def expected_triggers() -> frozenset[str]:
    """Return the names of all triggers that a store of this program has."""
    folder = files("desktop.store.schema")
    scripts = [one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(".sql")]
    gone = {name for text in scripts for name in _GONE.findall(text)}
    return frozenset(name for text in scripts for name, table in _MADE.findall(text) if table not in gone)


def _schema(parts: Parts) -> list[Damage]:
    there = {str(row["name"]) for row in parts.database.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    missing = sorted(expected_triggers() - there)
    words = f"Kho dữ liệu thiếu {len(missing)} khóa bảo vệ sổ sách, có người đã sửa tệp từ bên ngoài. {RESTORE}"
    return [Damage("schema", ", ".join(missing), words)] if missing else []


def _journal(parts: Parts) -> list[Damage]:
    try:
        parts.journal.verify_tail(TAIL)
    except JournalBroken as error:
        return [Damage("journal", str(error.seq), error.message)]
    return []


def _files(parts: Parts) -> list[Damage]:
    with in_words(), os.scandir(parts.attachments_folder) as entries:
        sizes = {entry.name: entry.stat().st_size for entry in entries}
    rows = parts.database.rows("SELECT sha256, file, size FROM attachments")
    return [
        hurt_attachment(parts.database, str(row["sha256"]), gone=row["file"] not in sizes)
        for row in rows
        if sizes.get(row["file"]) != sealed_size(row["size"])
    ]


def _archives(parts: Parts) -> list[Damage]:
    found = []
    for row in parts.database.rows("SELECT year, file, size FROM archives"):
        path = parts.folder / str(row["file"])
        if not path.is_file() or path.stat().st_size != row["size"]:
            words = f"Kho lưu năm {row['year']} không còn nguyên. Lấy tệp {row['file']} từ bản sao lưu đặt lại chỗ cũ."
            found.append(Damage("archive", str(row["file"]), words))
    return found


def _edges(parts: Parts) -> list[Damage]:
    """The newest row of each table of facts: where the last writes went. A page that cannot be read raises."""
    for table in _EDGES:
        parts.database.one(f"SELECT * FROM {table} ORDER BY rowid DESC LIMIT 1")  # noqa: S608 - ours
    return []
