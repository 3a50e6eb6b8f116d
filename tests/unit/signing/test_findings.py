"""Every sentence a verification can say: complete, and in the words people get."""

import ast
import inspect

import pytest

from desktop.dossier.document import Level
from desktop.signing import sigcheck, stamps, verify, wholeness
from desktop.signing.errors import (
    CertificateNotFound,
    ModuleError,
    PinLocked,
    PinWrong,
    TokenGone,
    WorkerTimeout,
)
from desktop.signing.findings import MESSAGES, finding

NAMES = {"order": 2, "first": 1, "name": "a.json", "title": "Kế toán trưởng", "level": "LT"}


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_every_finding_is_a_whole_sentence(code: str) -> None:
    made = finding(code, **NAMES)
    assert made.message.endswith(".")
    assert "{" not in made.message
    assert not any(mark in made.message for mark in "!?")


def test_only_notes_leave_a_package_valid() -> None:
    notes = {code for code in MESSAGES if finding(code, **NAMES).level is not Level.ERROR}
    assert notes == {"trust_not_checked", "revocation_stale", "time_stamp_expired"}


def test_every_finding_can_come_out_of_the_verifier() -> None:
    words = {
        node.value
        for module in (verify, sigcheck, stamps, wholeness)
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    raised_while_reading = {"bad_manifest", "bad_signature_file"}
    assert set(MESSAGES) - words == raised_while_reading


@pytest.mark.parametrize(
    ("few_left", "final_try", "said"),
    [
        (
            None,
            False,
            "Sai mã PIN. Hãy xem lại trước khi nhập tiếp. Sai hết, token tự khóa và phải mang đến nơi cấp để mở.",
        ),
        (True, False, "Sai mã PIN. Còn ít lần thử. Sai hết, token tự khóa và phải mang đến nơi cấp để mở."),
        (True, True, "Sai mã PIN. Chỉ còn 1 lần thử. Sai hết, token tự khóa và phải mang đến nơi cấp để mở."),
    ],
)
def test_a_wrong_pin_says_what_the_flags_say(few_left: bool | None, final_try: bool, said: str) -> None:
    assert PinWrong(few_left=few_left, final_try=final_try).message == said


@pytest.mark.parametrize("error", [PinLocked(), TokenGone(), CertificateNotFound(), ModuleError(), WorkerTimeout()])
def test_every_token_error_says_what_to_do(error: PinLocked | TokenGone | ModuleError) -> None:
    assert "Hãy" in error.message
    assert str(error) == error.message
