"""The PDF copy: signed visibly by one after the other, verified by pyHanko and by poppler, who knows nothing of us."""

import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.demo.pki import DemoToken
from desktop.desk.errors import DeskError
from desktop.desk.signed_pdf import SignedPdf, add_signature, printed_forms
from desktop.dossier.people import ROLE_TITLES
from desktop.exchange.pages import opened, page_count
from desktop.exchange.printing import print_document
from desktop.exchange.stamps import stamp_page, stamp_place
from desktop.signing.pades import PdfSigningError, check_pdf
from desktop.signing.tokens import TokenWorker
from desktop.signing.trust import Trust
from tests.fixtures.forms_filled import filled
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import Clock, Office

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)


def titles_of(person: SoftPerson) -> tuple[str, ...]:
    return tuple(ROLE_TITLES[role] for role in person.person.roles)


@pytest.fixture(scope="module")
def plain() -> bytes:
    return print_document(filled("M13"))


@pytest.fixture(scope="module")
def signed(plain: bytes, soft_people: list[SoftPerson]) -> bytes:
    content = plain
    for person in soft_people:
        content = add_signature(content, person, titles_of(person), NOW)
    return content


def pdfsig(path: Path, *options: str) -> str:
    done = subprocess.run(["pdfsig", *options, str(path)], capture_output=True, text=True, timeout=60, check=False)
    return done.stdout


def test_every_signer_stands_and_is_trusted(signed: bytes, soft_people: list[SoftPerson], demo_trust: Trust) -> None:
    found = check_pdf(signed, demo_trust)
    assert [item.certificate_sha256 for item in found] == [one.person.certificate_sha256 for one in soft_people]
    assert all(item.intact and item.trusted and item.whole for item in found)


def test_the_first_print_stays_byte_for_byte(plain: bytes, signed: bytes) -> None:
    assert signed.startswith(plain)
    assert page_count(signed) == page_count(plain)


def test_poppler_finds_the_same(signed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed)
    told = pdfsig(path, "-nocert")
    assert told.count("Signature is Valid") == 3
    assert "Total document signed" in told.rpartition("Signature #3")[2]
    assert told.count("ETSI.CAdES.detached") == 3


def test_poppler_sees_a_changed_byte(signed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "changed.pdf"
    path.write_bytes(signed.replace(b"/Pages", b"/Pagos", 1))
    assert "Signature is Valid" not in pdfsig(path, "-nocert")


def changed_at(pdf: bytes, position: int) -> bytes:
    return pdf[:position] + bytes([pdf[position] ^ 1]) + pdf[position + 1 :]


def any_holds(pdf: bytes) -> bool:
    try:
        return any(item.intact for item in check_pdf(pdf))
    except PdfSigningError:
        return False


@pytest.mark.parametrize("seventh", range(1, 7))
def test_no_changed_byte_goes_unseen(plain: bytes, signed: bytes, seventh: int) -> None:
    assert (any_holds(signed), any_holds(changed_at(signed, len(plain) * seventh // 7))) == (True, False)


def test_nothing_is_signed_on_top_of_what_does_not_hold(signed: bytes, soft_people: list[SoftPerson]) -> None:
    changed = changed_at(signed, 12)  # in the comment of the second line: readable, and not what was signed
    with pytest.raises(PdfSigningError) as refused:
        add_signature(changed, soft_people[0], (), NOW)
    assert refused.value.code == "pdf_bad_signature"


def test_the_mark_says_who_as_what_and_when_in_vietnamese(signed: bytes) -> None:
    with opened(stamp_page("Vi Đình Thắng", "Chủ tài khoản", "23/11/2026 14:05:00")) as document:
        text = document[0].get_textpage().get_text_range()
    assert re.sub(r"\s+", " ", text).strip() == "Chữ ký số Vi Đình Thắng Chủ tài khoản 23/11/2026 14:05:00"


@pytest.mark.parametrize("form", ["M13", "M17", "M20"])
def test_a_mark_stands_under_the_title_that_signs(form: str) -> None:
    pdf = print_document(filled(form))
    place = stamp_place(pdf, ("Kế toán trưởng",), 1)
    with opened(pdf) as document:
        left, bottom, right, top = place.box
        above = document[place.page].get_textpage().get_text_bounded(left - 20, top, right + 20, top + 35)
        room = document[place.page].get_textpage().get_text_bounded(left, bottom, right, top)
    assert ("kế toán trưởng" in above.lower(), room.strip()) == (True, "")


def test_without_a_title_marks_stand_side_by_side_at_the_foot(plain: bytes) -> None:
    boxes = [stamp_place(plain, (), order).box for order in range(1, 7)]
    assert len({box[:2] for box in boxes}) == 6
    assert all(left >= 0 and right <= 596 and bottom >= 0 for left, bottom, right, _ in boxes)


@pytest.mark.parametrize(("content", "code"), [(b"", "pdf_unreadable"), (b"%PDF-1.7\njunk", "pdf_unreadable")])
def test_what_is_no_pdf_is_refused_in_words(content: bytes, code: str, soft_people: list[SoftPerson]) -> None:
    with pytest.raises(PdfSigningError) as refused:
        add_signature(content, soft_people[0], (), NOW)
    assert refused.value.code == code


@pytest.fixture
def unit(tmp_path: Path, demo_tokens: list[DemoToken]) -> Iterator[Office]:
    made = Office.make(tmp_path / "unit", [token.person for token in demo_tokens[1:]], Clock())
    with made.store:
        yield made


def test_no_try_of_a_pin_is_spent_on_what_is_no_pdf(
    unit: Office, worker: TokenWorker, demo_tokens: list[DemoToken], tmp_path: Path
) -> None:
    path = tmp_path / "copy.pdf"
    path.write_bytes(b"%PDF-1.7\njunk")
    with pytest.raises(PdfSigningError, match="bị hỏng"):
        SignedPdf(unit.context()).sign(worker, "", path, demo_tokens[1].serial, "0000")


def test_a_dossier_becomes_a_pdf_that_two_tokens_sign(
    unit: Office, worker: TokenWorker, demo_tokens: list[DemoToken], tmp_path: Path
) -> None:
    copy, local_id, path = SignedPdf(unit.context()), unit.submit(), tmp_path / "copy.pdf"
    for token in demo_tokens[1:]:
        path.write_bytes(copy.sign(worker, local_id, path, token.serial, token.pin))
    assert [item.name for item in check_pdf(path.read_bytes())] == [token.person.name for token in demo_tokens[1:]]
    assert path.read_bytes().startswith(printed_forms(unit.context(), local_id))


def test_a_draft_is_not_signed_and_a_stranger_does_not_sign(
    unit: Office, worker: TokenWorker, demo_tokens: list[DemoToken], tmp_path: Path
) -> None:
    copy, stranger = SignedPdf(unit.context()), demo_tokens[0]
    with pytest.raises(DeskError) as draft:
        copy.sign(worker, unit.draft(), tmp_path / "none.pdf", stranger.serial, stranger.pin)
    with pytest.raises(DeskError) as refused:
        copy.sign(worker, unit.submit(number="RDT0002"), tmp_path / "none.pdf", stranger.serial, stranger.pin)
    assert (draft.value.code, refused.value.code) == ("not_submitted", "not_registered")
