"""Which token is meant, and when a batch listens to Ctrl-C."""

import signal
from dataclasses import replace

import pytest

from desktop.commands.signing import chosen_token
from desktop.commands.stopping import asked_to_stop
from desktop.commands.tokens import one_token
from desktop.desk.errors import DeskError
from desktop.dossier.sign_views import TokenView
from desktop.signing.tokeninfo import TokenInfo

VIEW = TokenView("A", "T", "Hà Văn Tuyên", "Kế toán trưởng", "CA", "1", "2029-01-01T00:00:00Z", 900, "p2")
OTHER = replace(VIEW, serial="B", matches_person_id="p3")
LOCKED = replace(VIEW, problem="Token đã khóa.", problem_code="pin_locked")
STRANGER = replace(VIEW, serial="C", matches_person_id=None, problem="Chưa đăng ký.", problem_code="not_registered")
TOKEN = TokenInfo("A", "T", "M", pin_low=False, pin_final_try=False, pin_locked=False, certificates=())


@pytest.mark.parametrize(
    ("views", "serial", "person", "chosen"),
    [
        ([VIEW], "", "", "A"),
        ([VIEW, OTHER], "B", "", "B"),
        ([VIEW, OTHER], "", "p3", "B"),
        ([STRANGER, VIEW], "", "", "A"),
        ([VIEW, replace(VIEW, certificate_serial="2")], "", "", "A"),
    ],
)
def test_the_token_that_is_meant_is_taken(views: list[TokenView], serial: str, person: str, chosen: str) -> None:
    assert chosen_token(views, serial, person).serial == chosen


@pytest.mark.parametrize(
    ("views", "serial", "person", "code"),
    [
        ([], "", "", "no_token"),
        ([VIEW], "B", "", "no_token"),
        ([VIEW], "", "p3", "no_token"),
        ([VIEW, OTHER], "", "", "which_token"),
        ([LOCKED], "", "", "pin_locked"),
        ([STRANGER], "", "", "not_registered"),
    ],
)
def test_what_cannot_sign_is_said(views: list[TokenView], serial: str, person: str, code: str) -> None:
    with pytest.raises(DeskError) as refused:
        chosen_token(views, serial, person)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("tokens", "serial", "code"), [([], "", "no_token"), ([TOKEN], "B", "no_token"), ([TOKEN] * 2, "", "which_token")]
)
def test_one_token_is_never_guessed(tokens: list[TokenInfo], serial: str, code: str) -> None:
    with pytest.raises(DeskError) as refused:
        one_token(tokens, serial)
    assert (refused.value.code, one_token([TOKEN], "")) == (code, TOKEN)


def test_ctrl_c_is_heard_between_two_dossiers_and_again_at_once() -> None:
    before = signal.getsignal(signal.SIGINT)  # whoever runs the tests may have told them not to hear it
    with asked_to_stop() as stopped:
        assert not stopped()
        signal.raise_signal(signal.SIGINT)
        assert stopped()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
