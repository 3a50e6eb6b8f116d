"""What the gateway can testify to from its own database and files: the independent witness of every delivery."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from desktop.signing.asice import Package, join, write
from gateway.database import Database
from gateway.errors import GatewayError
from gateway.home import Home, sha256
from gateway.judging import look_into
from gateway.parts import PartStore

_COUNTERS = ("commits", "duplicates_answered", "bytes_received")
_PACKAGES = """
SELECT p.*, coalesce(r.receipt_no, '') AS receipt_no, coalesce(g.stage, '') AS stage,
       coalesce(g.official_code, '') AS official_code, coalesce(g.reason, '') AS reason
FROM package p LEFT JOIN receipt r USING (unit_code, package_id) LEFT JOIN ruling g USING (unit_code, package_id)
ORDER BY p.stored_at, p.package_id
"""


def report(home: Home, database: Database) -> dict[str, Any]:
    """Give everything stored about packages, with digests made anew from the stored bytes, and counters."""
    rows = database.call(lambda connection: connection.execute(_PACKAGES).fetchall())
    counters = database.call(lambda connection: dict(connection.execute("SELECT name, value FROM counter").fetchall()))
    devices = database.call(lambda connection: connection.execute("SELECT * FROM device").fetchall())
    return {
        "packages": [_package(home, row) for row in rows],
        **database.call(_effects),
        "balances": database.call(_balances),
        **{name: counters.get(name, 0) for name in _COUNTERS},
        "devices": [
            {"device_id": row["device_id"], "unit_code": row["unit_code"], "revoked": bool(row["revoked_at"])}
            for row in devices
        ],
    }


def _effects(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Name every effect as the signed feed and the receipts have it: a name that comes twice is a doubled effect."""
    events = [json.loads(row[0]) for row in connection.execute("SELECT payload FROM feed ORDER BY unit_code, seq")]
    final = [event for event in events if event["kind"] == "decision" and event["decision"] != "in_control"]
    moved = [event for event in events if event["kind"] == "balance"]
    line = ("package_id", "budget_year", "account", "source", "sector")
    return {
        "receipt_numbers": [row[0] for row in connection.execute("SELECT receipt_no FROM receipt ORDER BY receipt_no")],
        "final_decisions": [event["package_id"] for event in final],
        "paid_effects": ["|".join(str(event[name]) for name in line) for event in moved],
    }


_BALANCES = """
SELECT unit_code, budget_year, account, source, sector, sum(given) AS given, sum(given) + sum(delta) AS remaining
FROM (SELECT unit_code, budget_year, account, source, sector, amount AS given, 0 AS delta FROM estimate
      UNION ALL SELECT unit_code, budget_year, account, source, sector, 0, delta FROM movement)
GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
"""


def _balances(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """Give every line of money of every unit: what was given and what is left, VND."""
    return [dict(row) for row in connection.execute(_BALANCES)]


def _package(home: Home, row: sqlite3.Row) -> dict[str, Any]:
    whole = _rebuild(home, row) if row["state"] == "accepted" else None
    return {
        "package_id": row["package_id"],
        "unit_code": row["unit_code"],
        "kind": "working" if row["state"] == "waiting" else row["state"],
        "code": row["code"],
        "receipt_no": row["receipt_no"],
        "container_sha256": sha256(write(whole)) if whole else "",
        "decision": row["stage"],
        "reason": row["reason"],
        "official_code": row["official_code"],
        "objects": {item.name: sha256(item.content) for item in whole.objects} if whole else {},
    }


def export(home: Home, database: Database, package_id: str, out: Path) -> int:
    """Write an accepted package as the ASiC-E file it came from; gives its size.

    Raises GatewayError `unknown_package`.
    """
    query = "SELECT * FROM package WHERE package_id = ? AND state = 'accepted'"
    row = database.call(lambda connection: connection.execute(query, (package_id,)).fetchone())
    if row is None:
        raise GatewayError(
            404, "unknown_package", "Cổng này không giữ gói hồ sơ nào đã nhận mang mã đó. Hãy kiểm tra lại mã gói."
        )
    content = write(_rebuild(home, row))
    out.write_bytes(content)
    return len(content)


def _rebuild(home: Home, row: sqlite3.Row) -> Package:
    parts = PartStore(home.parts)
    wanted = look_into(row["package_id"], row["core"])
    return join(row["core"], {part: parts.path(row["unit_code"], part).read_bytes() for part in wanted})
