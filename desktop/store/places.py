"""Where a submission lives and where it is: what is away is not signed here, what is a guest is not sent from here."""

from __future__ import annotations

from desktop.store.database import Database
from desktop.store.errors import FactError


def is_away(database: Database, submission_id: int) -> bool:
    """Tell whether the last that happened to a submission is that it went to another machine."""
    return database.value("SELECT 1 FROM away WHERE submission_id = ?", (submission_id,)) is not None


def is_guest(database: Database, submission_id: int) -> bool:
    """Tell whether a submission lives on another machine."""
    return database.value("SELECT 1 FROM guests WHERE submission_id = ?", (submission_id,)) is not None


def refuse_away(database: Database, submission_id: int) -> None:
    """Raise FactError handed_out: two machines must not sign the same step."""
    if is_away(database, submission_id):
        raise FactError(
            "handed_out", "Hồ sơ đang ở máy khác để ký. Nhận lại tệp từ máy kia, hoặc bấm «Lấy về» rồi ký ở đây."
        )


def refuse_guest(database: Database, submission_id: int) -> None:
    """Raise FactError guest_here: only the machine a dossier lives on may withdraw, file or send it."""
    if is_guest(database, submission_id):
        raise FactError(
            "guest_here", "Hồ sơ này của máy khác, ở đây chỉ để ký. Chuyển lại cho máy kia, hoặc bỏ khỏi máy này."
        )


def was_guest(database: Database, local_id: str) -> bool:
    """Tell whether a dossier ever was here as another machine's."""
    sql = "SELECT 1 FROM guests g JOIN submissions s USING (submission_id) WHERE s.local_id = ?"
    return database.value(sql, (local_id,)) is not None


def refuse_former_guest(database: Database, local_id: str) -> None:
    """Raise FactError guest_here for a dossier of another machine, dropped here or not: two machines never send one."""
    if was_guest(database, local_id):
        raise FactError(
            "guest_here",
            "Hồ sơ này của máy khác nên không trình ký từ máy này. Làm tiếp ở máy đã lập, hoặc sao thành hồ sơ mới.",
        )
