"""Form packs that the Treasury publishes: kept as signed files, announced to every unit, known to the judge here."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from desktop.dossier.dates import instant
from desktop.dossier.pack import SHELF
from desktop.signing.packfile import MAX_BYTES, SignedPack, read_packfile
from desktop.sync.protocol import PackNotice
from gateway.errors import GatewayError
from gateway.feed import next_seq, publish
from gateway.home import Home, sha256, write_private
from gateway.statements import StatementKey


def signed_pack(home: Home, path: Path) -> tuple[bytes, SignedPack]:
    """Read a .vxpack that this Treasury signed.

    Raises GatewayError `not_readable`, PackError for what is no pack of this Treasury.
    """
    key = home.statement_key()
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise GatewayError(
            404, "not_readable", f"Không đọc được {path}. Hãy kiểm tra đường dẫn và quyền đọc."
        ) from error
    return data, read_packfile(data, key.published)


def keep(home: Home, data: bytes) -> None:
    """Write a pack's file durably, under its SHA-256."""
    home.packs.mkdir(exist_ok=True)
    write_private(home.packs / sha256(data), data)


def publish_pack(connection: sqlite3.Connection, signed: SignedPack, size: int, key: StatementKey, at: datetime) -> int:
    """Announce a kept pack to every unit, each once; gives how many were told."""
    connection.execute(
        "INSERT INTO form_pack VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (signed.sha256, signed.pack.version, size, signed.pack.valid_from, instant(at)),
    )
    units = [row[0] for row in connection.execute("SELECT code FROM unit ORDER BY code").fetchall()]
    return sum(announce(connection, unit_code, key, at) for unit_code in units)


def announce(connection: sqlite3.Connection, unit_code: str, key: StatementKey, at: datetime) -> int:
    """Tell a unit of every pack it has not been told of; gives how many those were."""
    waiting = connection.execute(
        "SELECT * FROM form_pack p WHERE NOT EXISTS (SELECT 1 FROM form_pack_told t"
        " WHERE t.unit_code = ? AND t.sha256 = p.sha256) ORDER BY published_at, sha256",
        (unit_code,),
    ).fetchall()
    for row in waiting:
        notice = PackNotice(
            seq=next_seq(connection, unit_code),
            at=instant(at),
            version=row["version"],
            sha256=row["sha256"],
            size=row["size"],
            valid_from=row["valid_from"],
        )
        publish(connection, unit_code, key, notice)
        connection.execute("INSERT INTO form_pack_told VALUES (?, ?)", (unit_code, row["sha256"]))
    return len(waiting)


class Published:
    """The published packs as this process knows them: what it may judge dossiers by."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._known: set[str] = set()

    def load(self, connection: sqlite3.Connection) -> None:
        """Put on the shelf what was published since the last time. Raises PackError for a damaged file, OSError."""
        for row in connection.execute("SELECT sha256 FROM form_pack ORDER BY published_at, sha256").fetchall():
            if row["sha256"] not in self._known:
                data = (self._home.packs / row["sha256"]).read_bytes()
                signed = read_packfile(data, self._home.statement_key().published)
                SHELF.put(signed.pack, signed.companions)
                self._known.add(row["sha256"])
