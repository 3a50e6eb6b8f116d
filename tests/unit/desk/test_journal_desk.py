"""The journal is read in words, searched without diacritics, sorted, paged and exported; no payee stands in it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import openpyxl
import pypdfium2
import pytest

from desktop.desk.context import at_desk
from desktop.desk.errors import DeskError
from desktop.desk.journal_desk import JournalDesk
from desktop.dossier.duties import Duty
from desktop.dossier.errors import VungXaError
from desktop.dossier.fold import fold
from desktop.dossier.journal_views import Column, JournalRow
from desktop.dossier.journal_words import KINDS
from desktop.dossier.users import User
from desktop.exchange.journal import HEADERS
from desktop.store.store import Store
from tests.contract.store_kit import decision, deliver, dossier, make, seal
from tests.unit.desk.journal_kit import Kept
from tests.unit.desk.kit import LISTED, PAYEE, PAYEE_ACCOUNT, Office


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Dossier 0443 was sent and paid, 0555 only submitted; entries that no dossier is about, one of a later version."""
    with make(tmp_path_factory.mktemp("desk") / "unit") as made:
        package = seal(made, "d1")
        deliver(made, package)
        made.outbox.apply_feed([decision(1, package, "paid", "")], 1, "2026-11-23T05:00:00Z")
        made.drafts.save(dossier("d2").model_copy(update={"number": "0555"}), "hanh")
        made.journal.append("hanh", "submit", None, "d2")
        made.journal.append("tuyen", "handover_out", None, "d2 1 Máy Văn Phòng")
        made.journal.append("tuyen", "later_version", None, "100% _x")
        yield made


@pytest.fixture
def desk(store: Store) -> JournalDesk:
    return JournalDesk(at_desk(store, ""))


def of(rows: object) -> list[int]:
    return [row.seq for row in rows]  # type: ignore[attr-defined]


def test_entries_are_told_in_words(desk: JournalDesk) -> None:
    rows = {row.seq: row for row in desk.entries()}
    assert [row[2:] for row in rows.values()] == [
        ("Hà Văn Tuyên", "Việc khác (later_version)", "", "100% _x"),
        ("Hà Văn Tuyên", "Chuyển hồ sơ sang máy khác", "0555", "1 chữ ký, máy Máy Văn Phòng"),
        ("Lò Thị Hạnh", "Trình ký hồ sơ", "0555", ""),
        ("Kho bạc", "Kết quả của Kho bạc", "0443", "Đã thanh toán"),
        ("Kho bạc", "Kho bạc cấp biên nhận", "0443", "số 0423"),
        ("Máy tự làm", "Đóng gói để gửi", "0443", ""),
        ("Vi Đình Thắng", "Ký hồ sơ", "0443", "chữ ký thứ 2"),
        ("Hà Văn Tuyên", "Ký hồ sơ", "0443", "chữ ký thứ 1"),
        ("Lò Thị Hạnh", "Trình ký hồ sơ", "0443", ""),
        ("Máy tự làm", "Tạo dữ liệu đơn vị", "", "1098765"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]),
        ("kho bac", [7, 6]),
        ("KÝ Tuyên", [3]),
        ("0443 trinh", [2]),
        ("0555", [9, 8]),
        ("may van phong", [9]),
        ("thắng", [4]),
        ("23/11/2026 tạo", [1]),
        ("22/11/2026", []),
        ("100%", [10]),
        ("_", [10]),
        ("_x", [10]),
        ("%", [10]),
        ("máy tự", [9, 5, 1]),
        ("'; DROP TABLE journal", []),
        ("\\", []),
    ],
)
def test_words_find_entries_with_or_without_diacritics(desk: JournalDesk, text: str, found: list[int]) -> None:
    assert of(desk.entries(text)) == found


@pytest.mark.parametrize("sort", get_args(Column))
@pytest.mark.parametrize("descending", [False, True])
def test_pages_follow_each_other_in_every_order(desk: JournalDesk, sort: Column, descending: bool) -> None:
    whole, paged, before = list(desk.entries(sort=sort, descending=descending)), list[JournalRow](), 0
    while page := desk.entries(sort=sort, descending=descending, before=before, limit=3):
        paged += page
        before = page[-1].seq
    keys = [fold(str(getattr(row, sort)).rjust(20, "0") if sort == "seq" else getattr(row, sort)) for row in whole]
    assert paged == whole
    known = [key for key in keys if "later_version" not in key]  # what has no words comes behind all that has
    assert known == sorted(known, reverse=descending)


@pytest.mark.parametrize("name", ["nhật ký.csv", "nhật ký.xlsx"])
def test_an_export_holds_every_entry_oldest_first(desk: JournalDesk, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert desk.export(path) == 10
    if name.endswith("csv"):
        rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    else:
        rows = [[str(cell or "") for cell in row] for row in openpyxl.load_workbook(path).active.values]  # type: ignore[union-attr]
    assert (tuple(rows[0]), len(rows)) == (HEADERS, 11)
    assert rows[3] == ["3", "10:00 23/11/2026", "Hà Văn Tuyên", "Ký hồ sơ", "0443", "chữ ký thứ 1"]


def test_days_bound_an_export(desk: JournalDesk, tmp_path: Path) -> None:
    path = tmp_path / "n.csv"
    assert desk.export(path, "2026-11-23", "2026-11-23") == 10
    assert (desk.export(path, "2026-11-24"), desk.export(path, "", "2026-11-22")) == (0, 0)


def test_a_paper_says_how_far_the_journal_is_vouched_for(desk: JournalDesk, tmp_path: Path) -> None:
    path = tmp_path / "n.pdf"
    assert desk.export(path, "2026-11-01", "2026-11-30") == 10
    text = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_bounded()
    for words in ("NHẬT KÝ", "Từ ngày 01/11/2026 đến ngày 30/11/2026", "UBND xã Mường Lý", "Nhật ký có 10 mục",
                  "nhật ký còn nguyên", "Kho bạc cấp biên nhận", "Cộng 10 mục", desk.verify().hash):  # fmt: skip
        assert words in text


def test_a_paper_too_long_to_read_is_refused(office: Office, tmp_path: Path) -> None:
    with office.store.transaction():
        for _ in range(5_000):
            office.store.journal.append("", "crl", None, "x")
    with pytest.raises(VungXaError) as caught:
        JournalDesk(office.context()).export(tmp_path / "n.pdf")
    assert (caught.value.code, "5.000" in caught.value.message) == ("journal_too_long", True)
    assert not (tmp_path / "n.pdf").exists()


def test_a_journal_that_was_tampered_with_is_still_read(tmp_path: Path) -> None:
    kept = Kept.new(tmp_path / "unit")
    with kept.attack() as database:
        database.run("UPDATE journal SET at = 'hôm qua', detail = x'00ff', actor = x'01' WHERE seq = 6")
    with kept.store() as store:
        desk = JournalDesk(at_desk(store, ""))
        assert (desk.entries("hom qua"), desk.entries()[4].at) == ([], "hôm qua")
        assert desk.export(tmp_path / "n.csv") == desk.export(tmp_path / "n.pdf") == 10
    assert "hôm qua" in (tmp_path / "n.csv").read_text("utf-8-sig")


def test_a_viewer_may_not(office: Office) -> None:
    for number, duty in enumerate((Duty.ADMINISTRATOR, Duty.VIEWER)):
        office.store.users.save(User(user_id=f"u{number}", name="Người xem", duties=(duty,)), "u0")
    viewer = JournalDesk(at_desk(office.store, "u1"))
    for asked in (viewer.entries, viewer.verify, viewer.seal, lambda: viewer.export(Path("x.csv"))):
        with pytest.raises(DeskError) as caught:
            asked()
        assert caught.value.code == "not_allowed"


def test_names_and_accounts_of_payees_never_stand_in_it(office: Office) -> None:
    """A full life of dossiers: payees acknowledged and stood for, sealed, paid, returned, withdrawn."""
    office.decide(office.seal(LISTED)[0], "paid")
    returned = office.submit(number="76")
    office.sign(returned)
    office.decide(returned, "returned", f"Sai tài khoản của {PAYEE}")
    office.store.submissions.withdraw(office.submit(number="77"), "hanh")
    told = " ".join(f"{entry.action} {entry.detail}" for entry in office.store.journal.entries(limit=10_000))
    names = _payees(office)
    assert {PAYEE, PAYEE_ACCOUNT} <= names
    assert [name for name in names if fold(name) in fold(told)] == []
    assert len(told) > 500


def _payees(office: Office) -> set[str]:
    """Every payee's name and account in what was ever drafted."""
    found: set[str] = set()
    for form in (form for made in office.store.drafts.list() for form in made.documents):
        found |= {str(value) for key, value in form.fields.items() if key.startswith("payee")}
        found |= {
            str(row[key]) for rows in form.tables.values() for row in rows for key in ("name", "account") & row.keys()
        }
    return {name for name in found if len(name) > 3}


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize(
    ("who", "kind"),
    [("tuyen", ""), ("#treasury", ""), ("#machine", ""), ("", "dossier"), ("hanh", "dossier"), ("tuyen", "people")],
)
def test_one_person_s_entries_of_one_kind_are_the_same_however_they_are_asked_for(
    desk: JournalDesk, who: str, kind: str, descending: bool
) -> None:
    name = dict(desk.choices().people).get(who, "")
    acts = set(KINDS[kind][1].values()) if kind else set()
    every = desk.entries(descending=descending)
    wanted = [r.seq for r in every if (not who or r.who == name) and (not kind or r.what in acts)]
    found, before = [], 0
    while page := of(desk.entries(descending=descending, limit=2, before=before, who=who, kind=kind)):
        found += page
        before = page[-1]
    assert found == wanted
    assert sorted(of(desk.entries("", "at", who=who, kind=kind))) == sorted(wanted)
    assert set(of(desk.entries("0443", who=who, kind=kind))) <= set(wanted)
