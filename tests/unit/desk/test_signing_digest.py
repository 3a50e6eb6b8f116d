"""«Bảng kê trình ký»: what waits for a person, on paper and on the command line."""

from pathlib import Path

import pypdfium2
import pytest

from desktop.desk.errors import DeskError
from desktop.desk.token_desk import TokenDesk
from desktop.signing.drivers import Tokens
from tests.e2e.command import vungxa
from tests.unit.desk.kit import LISTED, PASSWORD, PAYEE, Office


def no_token() -> Tokens:
    raise AssertionError("a digest asks for no token")


def text_of(pdf: Path) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    pages.close()
    return " ".join(text.split())


def test_the_digest_names_what_the_account_holder_should_look_at(office: Office, tmp_path: Path) -> None:
    local_id = office.submit(LISTED)
    office.sign(local_id, 2)
    TokenDesk(office.context(2), no_token).write_digest(tmp_path / "ke.pdf", "p3", [local_id])
    text = text_of(tmp_path / "ke.pdf")
    for words in ("BẢNG KÊ TRÌNH KÝ", "Vi Đình Thắng", "3.412.500", "Cần xác nhận", PAYEE, "ký trên cùng một máy"):
        assert words in text


@pytest.mark.parametrize(("person", "code"), [("p1", "nothing_to_sign"), ("ai", "unknown_person")])
def test_nothing_is_written_for_who_has_nothing_to_sign(office: Office, tmp_path: Path, person: str, code: str) -> None:
    with pytest.raises(DeskError) as error:
        TokenDesk(office.context(), no_token).write_digest(tmp_path / "ke.pdf", person, [])
    assert (error.value.code, list(tmp_path.glob("ke*"))) == (code, [])


def test_the_command_tells_and_prints(office: Office, tmp_path: Path) -> None:
    local_id, pdf = office.submit(), tmp_path / "ke.pdf"
    asked = ["--home", office.store.folder, "--password-stdin", "--person", "p2", "--pdf", pdf]
    told = vungxa("digest", *asked, stdin=f"{PASSWORD}\n").answer
    assert [(one["local_id"], one["payees"]) for one in told["dossiers"]] == [(local_id, 1)]
    assert (told["amount"], told["news"]) == (3_412_500, 1)
    assert "BẢNG KÊ" in text_of(pdf)
