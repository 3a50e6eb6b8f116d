"""A user as typed, read as one that may be."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError

from desktop.desk.errors import DeskError
from desktop.dossier.duties import Duty
from desktop.dossier.users import User
from desktop.dossier.users_views import UserEdit


def user_of(edit: UserEdit, user_id: str) -> User:
    """Takes what was typed as a user. Raises DeskError bad_user, duties_conflict."""
    try:
        return User(
            user_id=user_id, name=" ".join(edit.name.split()), duties=tuple(edit.duties), person_id=edit.person_id
        )
    except ValidationError as error:
        if "duties" in {place for item in error.errors() for place in item["loc"]}:
            raise DeskError("duties_conflict", _together(edit.duties)) from error
        raise DeskError("bad_user", "Chưa có họ tên người dùng. Ghi họ và tên, không quá 200 ký tự.") from error


def _together(duties: Sequence[Duty]) -> str:
    if not duties:
        return "Chọn ít nhất một nhiệm vụ cho người dùng."
    if Duty.VIEWER in duties:
        return "Người xem chỉ xem, không giữ nhiệm vụ khác. Bỏ «Người xem» hoặc các nhiệm vụ kia."
    return "Một người không vừa là kế toán trưởng vừa là chủ tài khoản. Chọn một trong hai."
