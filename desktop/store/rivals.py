"""What must not be submitted twice, whichever window asks: a voucher's number, and the correction of one package.

The gateway refuses both as well; the desk says it before anybody signs.
"""

from __future__ import annotations

from desktop.dossier.document import Dossier
from desktop.dossier.pack import under
from desktop.dossier.vouchers import VoucherKey, voucher_keys
from desktop.store.database import Database
from desktop.store.errors import FactError

_SAME_NUMBER = """
SELECT s.local_id FROM vouchers v JOIN active_submissions s USING (submission_id)
WHERE v.document_no = ? AND v.form = ? AND v.budget_year = ? AND s.local_id != ?
"""
_STANDING = """
SELECT number FROM dossier_states
WHERE local_id = ? AND state NOT IN ('returned', 'refused', 'cancelled')
    AND NOT (state = 'supplement' AND package_id IS ?)
"""


def refuse_rivals(database: Database, dossier: Dossier) -> None:
    """Raise FactError number_used or already_replaced; call it in the transaction that submits.

    What was returned, refused or cancelled holds nothing; one asked to be supplemented yields to its correction.
    """
    rival = correction_of(database, dossier.replaces, dossier.local_id) if dossier.replaces else None
    if rival is not None:
        number = database.value("SELECT number FROM drafts WHERE local_id = ?", (rival,))
        raise FactError("already_replaced", f"Hồ sơ {number} đã sửa cho hồ sơ này rồi. Làm tiếp hồ sơ đó, xóa bản này.")
    for key in keys_of(dossier):
        same = database.rows(_SAME_NUMBER, (key.document_no, key.form, key.budget_year, dossier.local_id))
        for row in same:
            holder = database.value(_STANDING, (row["local_id"], dossier.replaces))
            if holder is not None:
                raise FactError(
                    "number_used",
                    f"Số chứng từ {key.document_no} năm {key.budget_year} đã có trong hồ sơ {holder}. Ghi số khác.",
                )


def keys_of(dossier: Dossier) -> tuple[VoucherKey, ...]:
    """Name the vouchers of a dossier, as the pack it was made under calls their forms."""
    with under(dossier.pack):
        return voucher_keys(dossier.documents)


def correction_of(database: Database, package_id: str, without: str = "") -> str | None:
    """Return the local_id of the dossier submitted in place of a package and still standing, other than `without`."""
    sql = "SELECT local_id FROM live_corrections WHERE replaces = ? AND local_id != ? LIMIT 1"
    found = database.value(sql, (package_id, without))
    return None if found is None else str(found)
