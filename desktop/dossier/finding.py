"""What a search over everything answers: one hit, of what kind, and where it leads."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["dossier", "payee", "notice", "contract", "attachment", "archive"]

KIND_LABELS: dict[str, str] = {
    "dossier": "Hồ sơ",
    "payee": "Người thụ hưởng",
    "notice": "Thông báo, giấy",
    "contract": "Hợp đồng",
    "attachment": "Tệp đính kèm",
    "archive": "Kho lưu năm cũ",
}
"""What each kind is called on screen, in the order in which kinds of one rank are shown."""


class Hit(NamedTuple):
    """One thing found; `amount` in VND, None where there is none; `at` an instant or "", `score` the lower the better.

    `ref` leads there: dossier and notice by local_id and number of the event, payee by `account/name` without marks and
    spaces, contract by its number, attachment by `local_id/sha256`, archive by `year/local_id`. `snippet` says where
    the words stand.
    """

    kind: Kind
    ref: str
    title: str
    snippet: str
    amount: int | None
    at: str
    score: int
