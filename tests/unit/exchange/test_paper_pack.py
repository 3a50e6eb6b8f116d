"""Proofs of the paper pack: a cover sheet that says everything, and each form as often as originals are asked for."""

from pathlib import Path

import pytest

from desktop.demo.unit import UNIT
from desktop.dossier.document import Attachment, Dossier
from desktop.exchange.pages import page_count
from desktop.exchange.paper_pack import Pack, print_pack
from desktop.exchange.printing import print_document
from tests.fixtures.forms_filled import filled
from tests.unit.exchange.papers import text_of

REASON = "Mất mạng từ ngày 20/11, hạn nộp 24/11"
FILE = Attachment(
    name="QĐ giao dự toán.pdf",
    sha256="a" * 64,
    size=9,
    media_type="application/pdf",
    component="van_ban_phe_duyet_du_toan",
)


def dossier(*forms: str, files: tuple[Attachment, ...] = ()) -> Dossier:
    return Dossier(
        local_id="d1",
        number="0443",
        title="Mua văn phòng phẩm quý IV",
        case="P3-a3",
        documents=tuple(map(filled, forms)),
        attachments=files,
    )


def packed(*forms: str, files: tuple[Attachment, ...] = ()) -> Pack:
    return print_pack(dossier(*forms, files=files), UNIT, REASON, "2026-11-24")


def page(pack: Pack, number: int, folder: Path) -> str:
    return text_of(pack.pdf, folder, "-f", f"{number}", "-l", f"{number}")


@pytest.mark.parametrize(
    ("forms", "copies"), [(("M13",), (2,)), (("M13", "M20"), (2, 3)), (("M24",), (2,)), (("M14", "M10"), (3, 2))]
)
def test_each_form_is_there_as_often_as_originals_are_asked_for(
    forms: tuple[str, ...], copies: tuple[int, ...]
) -> None:
    pack = packed(*forms)
    assert pack.copies == copies
    pages = [page_count(print_document(filled(form))) for form in forms]
    assert pack.pages == page_count(pack.pdf) == 1 + sum(a * b for a, b in zip(copies, pages, strict=True))


def test_the_cover_says_who_hands_in_what_and_why_on_paper(tmp_path: Path) -> None:
    cover = page(packed("M13", "M20", files=(FILE,)), 1, tmp_path)
    wanted = [
        UNIT.name, UNIT.code, UNIT.treasury_name, "Số hồ sơ của đơn vị: 0443", "Mua văn phòng phẩm quý IV", REASON,
        "Điều 3.2", "02 bản gốc", "03 bản gốc", "Mẫu số 13", "C2-02a/NS", "QĐ giao dự toán.pdf", "bản sao y",
        "Ngày 24 tháng 11 năm 2026", "Tổng cộng 3 thành phần",
    ]  # fmt: skip
    assert [words for words in wanted if words not in cover] == []


def test_the_forms_follow_in_order_one_copy_after_the_other(tmp_path: Path) -> None:
    pack = packed("M13", "M20")
    heads = [page(pack, number, tmp_path)[:200] for number in range(2, 7)]
    assert ["Mẫu số 13" in head for head in heads] == [True, True, False, False, False]
    assert ["Mẫu số 20" in head for head in heads] == [False, False, True, True, True]


def test_what_nobody_named_is_printed_as_it_is(tmp_path: Path) -> None:
    plain = dossier("M13", files=(FILE.model_copy(update={"component": "", "name": "#import 'x': $y$"}),))
    pack = print_pack(plain.model_copy(update={"case": "a"}), UNIT, "*đậm* #let", "2026-11-24")
    cover = page(pack, 1, tmp_path)
    assert "*đậm* #let" in cover
    assert "#import 'x': $y$" in cover


def test_a_dossier_of_files_alone_has_a_cover(tmp_path: Path) -> None:
    pack = packed(files=(FILE,))
    assert (pack.pages, pack.copies) == (1, ())
    assert "QĐ giao dự toán.pdf" in page(pack, 1, tmp_path)
