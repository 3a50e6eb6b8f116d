"""What the gateway keeps of packages: cores, verdicts, receipts. Every function is one piece of a transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.dossier.dates import VIETNAM, instant
from desktop.dossier.vouchers import VoucherKey
from desktop.sync.protocol import Outcome, OutcomeKind, Receipt, SignedStatement
from gateway.database import count
from gateway.errors import Refused
from gateway.home import sha256
from gateway.judging import Judged
from gateway.statements import StatementKey


@dataclass(frozen=True)
class Parcel:
    """A package as it came in: whose it is, its id, its core."""

    unit_code: str
    package_id: str
    core: bytes

    @property
    def key(self) -> tuple[str, str]:
        """What names its row."""
        return self.unit_code, self.package_id


def settled(connection: sqlite3.Connection, parcel: Parcel) -> Outcome | None:
    """Give the outcome that stands: a duplicate, or a refusal of these very bytes; None when there is work to do.

    A refusal speaks about bytes: the same id with another core is judged anew, so a damaged upload spoils nothing.
    """
    row = _row(connection, parcel.key)
    if row is None or row["state"] == "waiting":
        return None
    if row["state"] == "accepted":
        count(connection, "duplicates_answered")
        return _received(connection, parcel.key, OutcomeKind.DUPLICATE)
    return _refused(parcel.package_id, row) if row["core_sha256"] == sha256(parcel.core) else None


def keep_waiting(connection: sqlite3.Connection, parcel: Parcel, wanted: Sequence[str], at: datetime) -> Outcome:
    """Store a core that cannot be judged yet, with the parts it is made of, unless an outcome stands already."""
    standing = settled(connection, parcel)
    if standing is not None:
        return standing
    _write(connection, parcel, "waiting", at)
    connection.execute("DELETE FROM awaited WHERE unit_code = ? AND package_id = ?", parcel.key)
    connection.executemany("INSERT INTO awaited VALUES (?, ?, ?)", [(*parcel.key, part) for part in wanted])
    return Outcome(package_id=parcel.package_id, kind=OutcomeKind.WORKING, missing=list(wanted))


def refuse(connection: sqlite3.Connection, parcel: Parcel, error: Refused, at: datetime) -> Outcome:
    """Store that this package is refused for ever; one that was accepted meanwhile stays accepted."""
    standing = settled(connection, parcel)
    if standing is not None:
        return standing
    _write(connection, parcel, "refused", at, error.code, error.message)
    connection.execute("DELETE FROM awaited WHERE unit_code = ? AND package_id = ?", parcel.key)
    return Outcome(package_id=parcel.package_id, kind=OutcomeKind.REFUSED, code=error.code, message=error.message)


def accept(
    connection: sqlite3.Connection, parcel: Parcel, judged: Judged, key: StatementKey, at: datetime, due: float
) -> Outcome:
    """Make a judged package effective exactly once: row, receipt, vouchers and the Treasury's work, all or nothing."""
    standing = settled(connection, parcel)
    if standing is not None:
        return standing
    objection = (
        _same_dossier(connection, parcel, judged.dossier.local_id)
        or _not_to_replace(connection, parcel, judged.dossier.replaces)
        or _twin(connection, parcel, judged)
    )
    if objection is not None:
        return refuse(connection, parcel, objection, at)
    _write(connection, parcel, "accepted", at)
    connection.execute("DELETE FROM awaited WHERE unit_code = ? AND package_id = ?", parcel.key)
    _write_receipt(connection, parcel, judged, key, at)
    connection.executemany(
        "INSERT INTO voucher VALUES (?, ?, ?, ?, ?)",
        [(parcel.unit_code, v.form, v.document_no, v.budget_year, parcel.package_id) for v in judged.vouchers],
    )
    connection.execute(
        "INSERT INTO ruling (unit_code, package_id, local_id, dossier, replaces, due) VALUES (?, ?, ?, ?, ?, ?)",
        (*parcel.key, judged.dossier.local_id, judged.dossier.model_dump_json(), judged.dossier.replaces, due),
    )
    count(connection, "commits")
    return _received(connection, parcel.key, OutcomeKind.ACCEPTED)


def outcomes(connection: sqlite3.Connection, unit_code: str, package_ids: Sequence[str]) -> list[Outcome]:
    """Tell what became of each id, in order; `missing` of a working one names all parts it is made of."""
    return [_outcome(connection, (unit_code, package_id)) for package_id in package_ids]


def _outcome(connection: sqlite3.Connection, key: tuple[str, str]) -> Outcome:
    row = _row(connection, key)
    if row is None:
        return Outcome(package_id=key[1], kind=OutcomeKind.UNKNOWN)
    if row["state"] == "accepted":
        return _received(connection, key, OutcomeKind.ACCEPTED)
    if row["state"] == "refused":
        return _refused(key[1], row)
    return Outcome(package_id=key[1], kind=OutcomeKind.WORKING, missing=awaited_parts(connection, key))


def awaited_parts(connection: sqlite3.Connection, key: tuple[str, str]) -> list[str]:
    """Name the parts a waiting package needed when its core came."""
    rows = connection.execute("SELECT sha256 FROM awaited WHERE unit_code = ? AND package_id = ?", key)
    return [row[0] for row in rows]


def waiting_for(connection: sqlite3.Connection, unit_code: str, part: str) -> list[str]:
    """Name the waiting packages of a unit that want a part."""
    rows = connection.execute("SELECT package_id FROM awaited WHERE unit_code = ? AND sha256 = ?", (unit_code, part))
    return [row[0] for row in rows]


def all_waiting(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Name every package not yet judged, as (unit code, package id): what a restart has to look at."""
    rows = connection.execute("SELECT unit_code, package_id FROM package WHERE state = 'waiting'")
    return [(row[0], row[1]) for row in rows]


def load_waiting(connection: sqlite3.Connection, key: tuple[str, str]) -> Parcel | None:
    """Give a waiting package; None when it was judged meanwhile."""
    row = _row(connection, key)
    return Parcel(*key, row["core"]) if row is not None and row["state"] == "waiting" else None


def _row(connection: sqlite3.Connection, key: tuple[str, str]) -> sqlite3.Row | None:
    found = connection.execute("SELECT * FROM package WHERE unit_code = ? AND package_id = ?", key).fetchone()
    return found if isinstance(found, sqlite3.Row) else None


def _write(
    connection: sqlite3.Connection, parcel: Parcel, state: str, at: datetime, code: str = "", message: str = ""
) -> None:
    connection.execute(
        "INSERT INTO package VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET core = excluded.core,"
        " core_sha256 = excluded.core_sha256, state = excluded.state, code = excluded.code, message = excluded.message",
        (*parcel.key, parcel.core, sha256(parcel.core), state, code, message, instant(at)),
    )


def _write_receipt(
    connection: sqlite3.Connection, parcel: Parcel, judged: Judged, key: StatementKey, at: datetime
) -> None:
    year = at.astimezone(VIETNAM).strftime("%y")
    receipt = Receipt(
        package_id=parcel.package_id,
        unit_code=parcel.unit_code,
        received_at=instant(at),
        receipt_no=f"KB-{year}-{count(connection, f'receipt-{year}'):06d}",
        objects=judged.objects,
        signers=judged.signers,
    )
    signed = key.sign(receipt, "receipt")
    connection.execute(
        "INSERT INTO receipt VALUES (?, ?, ?, ?, ?, ?)",
        (*parcel.key, receipt.receipt_no, signed.payload, signed.key_id, signed.signature),
    )


def _received(connection: sqlite3.Connection, key: tuple[str, str], kind: OutcomeKind) -> Outcome:
    row = connection.execute("SELECT * FROM receipt WHERE unit_code = ? AND package_id = ?", key).fetchone()
    receipt = SignedStatement(payload=row["payload"], key_id=row["key_id"], signature=row["signature"])
    return Outcome(package_id=key[1], kind=kind, receipt=receipt)


def _refused(package_id: str, row: sqlite3.Row) -> Outcome:
    return Outcome(package_id=package_id, kind=OutcomeKind.REFUSED, code=row["code"], message=row["message"])


def _same_dossier(connection: sqlite3.Connection, parcel: Parcel, local_id: str) -> Refused | None:
    """Object to a dossier signed a second time, as a copied or restored machine makes possible.

    It must not be told to take another number: that would be the second payment.
    """
    signed = "SELECT 1 FROM ruling WHERE unit_code = ? AND local_id = ? AND stage NOT IN ('returned', 'mismatch')"
    if connection.execute(signed, (parcel.unit_code, local_id)).fetchone() is None:
        return None
    return Refused(
        "already_sent",
        "Kho bạc đã nhận chính hồ sơ này trong một gói ký trước, từ máy khác hoặc trước khi khôi phục dữ liệu. "
        "Không lập lại; hỏi Kho bạc kết quả của gói đó.",
    )


def _not_to_replace(connection: sqlite3.Connection, parcel: Parcel, replaces: str | None) -> Refused | None:
    """Object to a correction of what needs none, or to a second one: each would be paid beside the other.

    A correction that was returned itself makes room for the next. A package never accepted here may be replaced.
    """
    if replaces is None:
        return None
    key = (parcel.unit_code, replaces)
    first = connection.execute("SELECT stage FROM ruling WHERE unit_code = ? AND package_id = ?", key).fetchone()
    if first is not None and first["stage"] not in ("returned", "supplement", "mismatch"):
        return Refused("not_returned", "Hồ sơ được thay thế không bị trả lại. Hãy xóa bản sửa này và chờ kết quả.")
    rival = "SELECT 1 FROM ruling WHERE unit_code = ? AND replaces = ? AND stage NOT IN ('returned', 'mismatch')"
    if connection.execute(rival, key).fetchone() is not None:
        return Refused("already_replaced", "Hồ sơ này đã có bản sửa khác gửi rồi. Hãy theo dõi bản đó, không gửi nữa.")
    return None


def _twin(connection: sqlite3.Connection, parcel: Parcel, judged: Judged) -> Refused | None:
    """Object to a voucher of this package that another one still holds.

    A returned package holds nothing; one asked to be supplemented yields to the package that replaces it.
    """
    for voucher in judged.vouchers:
        held = connection.execute(
            "SELECT 1 FROM voucher v JOIN ruling r USING (unit_code, package_id) WHERE v.unit_code = ? AND v.form = ?"
            " AND v.document_no = ? AND v.budget_year = ? AND r.stage NOT IN ('returned', 'mismatch')"
            " AND NOT (r.stage = 'supplement' AND r.package_id IS ?)",
            (parcel.unit_code, voucher.form, voucher.document_no, voucher.budget_year, judged.dossier.replaces),
        ).fetchone()
        if held is not None:
            return _duplicate(voucher)
    return None


def _duplicate(voucher: VoucherKey) -> Refused:
    return Refused(
        "duplicate_document",
        f"Chứng từ số {voucher.document_no} năm {voucher.budget_year} đã có trong hồ sơ khác. "
        "Hãy lấy số chứng từ mới rồi ký lại.",
    )
