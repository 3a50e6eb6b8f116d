"""Drafts are made four ways, keep what must be kept and drop what belongs to one voucher only."""

import os
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from desktop.demo.unit import UNIT
from desktop.desk.errors import DeskError
from desktop.dossier.document import Dossier
from desktop.dossier.errors import VungXaError
from desktop.dossier.views import RowQuery
from desktop.exchange.export import export_rows
from tests.unit.desk.kit import PHONE, SETTLEMENT, Office

QUERY = RowQuery()
LIST_HEADING = ("STT", "Họ và tên", "Số tài khoản", "Ngân hàng", "Số tiền", "Nhóm")


def test_a_new_draft_knows_the_unit_and_the_day(office: Office) -> None:
    made = office.desk.dossier(office.desk.create("C2-02a/NS"))
    fields = made.documents[0].fields
    assert (made.number, made.title) == ("0001", "Hồ sơ 0001")
    assert (fields["account"], fields["made_date"]) == (UNIT.estimate_account, office.context().today())


@pytest.mark.parametrize("form", ["C2-02a/NS", "C2-03/NS", "C4-02a/KB", "M20", "13"])
def test_every_form_starts_with_what_is_known_and_no_more(office: Office, form: str) -> None:
    blank = office.desk.blank_document(form)
    assert "document_no" not in blank.fields
    assert all(rows == [] for rows in blank.tables.values())
    assert blank.choices == {}


def test_an_unknown_form_is_refused(office: Office) -> None:
    with pytest.raises(VungXaError) as error:
        office.desk.create("C9-99/XX")
    assert error.value.code == "unknown_form"
    assert office.desk.counts()["all"] == 0


def test_the_list_says_how_many_errors_a_saved_draft_has(office: Office) -> None:
    blank, good = office.desk.create("C2-02a/NS"), office.draft()
    labels = {row.local_id: row.status.label for row in office.store.projection.rows(QUERY)}
    assert labels[good] == "Đang soạn"
    assert labels[blank].startswith("Cần sửa: ")
    assert (office.desk.counts()["fix"], office.desk.counts()["draft"]) == (1, 1)


def test_a_copy_is_another_voucher_made_today(office: Office) -> None:
    source = office.draft(scan=b"%PDF-1.4 scan")
    office.clock.move(seconds=3 * 86_400)
    copy, original = office.desk.dossier(office.desk.copy(source)), office.desk.dossier(source)
    assert (copy.title, copy.attachments) == (original.title, original.attachments)
    assert (copy.number, copy.replaces) == ("0002", None)
    assert "document_no" not in copy.documents[0].fields
    assert copy.documents[0].fields["made_date"] == office.context().today()
    assert copy.documents[0].tables == original.documents[0].tables


def test_a_copied_list_does_not_name_the_old_voucher(office: Office) -> None:
    listed = office.desk.create("M20")
    made = office.desk.dossier(listed)
    named = made.documents[0].fields | {"parent_voucher_no": "RDT0001", "parent_voucher_date": "2026-01-02"}
    form = made.documents[0].model_copy(update={"fields": named})
    office.desk.save(made.model_copy(update={"documents": (form,)}))
    copied = office.desk.dossier(office.desk.copy(listed)).documents[0].fields
    assert not {"parent_voucher_no", "parent_voucher_date"} & set(copied)


@pytest.mark.parametrize("what", ["copy", "correct"])
def test_nothing_that_governs_a_dossier_is_lost(office: Office, what: str) -> None:
    local_id = office.draft()
    marked = office.desk.dossier(local_id).model_copy(update={"urgent": True, "procedure": "P5", "case": "b"})
    office.desk.save(marked)
    office.desk.submit(local_id, office.warnings(local_id))
    office.sign(local_id)
    office.decide(local_id, "returned")
    made = office.desk.dossier(getattr(office.desk, what)(local_id))
    assert (made.urgent, made.procedure, made.case) == (True, "P5", "b")


@pytest.mark.parametrize("decision", ["returned", "supplement"])
def test_a_correction_names_the_package_it_replaces(office: Office, decision: str) -> None:
    local_id, package = office.seal()
    office.decide(local_id, decision, "Thiếu hóa đơn")
    correction = office.desk.dossier(office.desk.correct(local_id))
    original = office.desk.dossier(local_id)
    assert (correction.replaces, correction.documents) == (package, original.documents)
    assert correction.number != original.number


def test_what_the_gateway_refused_can_be_corrected(office: Office) -> None:
    local_id, package = office.seal()
    office.store.outbox.mark_sending([package], office.context().now())
    office.store.outbox.mark_refused(package, "rules", "Sai tài khoản", office.context().now())
    assert office.desk.dossier(office.desk.correct(local_id)).replaces == package


@pytest.mark.parametrize("stage", ["draft", "sealed", "paid"])
def test_nothing_else_can_be_corrected(office: Office, stage: str) -> None:
    local_id = office.draft() if stage == "draft" else office.seal()[0]
    if stage == "paid":
        office.decide(local_id, "paid")
    with pytest.raises(DeskError, match="Sao chép") as error:
        office.desk.correct(local_id)
    assert error.value.code == "not_returned"


def test_a_frozen_dossier_is_not_saved_over(office: Office) -> None:
    local_id = office.submit()
    changed = office.desk.dossier(local_id).model_copy(update={"title": "khác"})
    with pytest.raises(VungXaError) as error:
        office.desk.save(changed)
    assert error.value.code == "draft_frozen"
    assert office.desk.dossier(local_id).title == PHONE.title


def test_a_deleted_draft_comes_back_and_the_journal_names_who(office: Office) -> None:
    local_id = office.draft(SETTLEMENT)
    office.desk.delete(local_id)
    assert office.desk.counts()["all"] == 0
    office.desk.undelete(local_id)
    assert office.desk.counts()["all"] == 1
    actors = {entry.actor for entry in office.store.journal.entries() if entry.action in ("delete", "undelete")}
    assert actors == {"p1"}


@pytest.mark.parametrize(
    ("name", "form", "number", "total"),
    [
        ("C202aRDT0012.zip", "C2-02a/NS", "RDT0012", 15_400_000),
        ("C402AUNC0007.zip", "C4-02a/KB", "UNC0007", 3_200_000),
    ],
)
def test_an_imported_voucher_says_its_own_over_what_the_unit_knows(
    office: Office, name: str, form: str, number: str, total: int
) -> None:
    made = imported(office, name)
    document = made.documents[0]
    assert (document.form, document.fields["document_no"]) == (form, number)
    assert sum(int(row["amount"] or 0) for row in document.tables["lines"]) == total
    account = UNIT.estimate_account if form == "C2-02a/NS" else UNIT.deposit_account
    assert document.fields["account"] == account
    assert made.title == document.tables["lines"][0]["content"]


def imported(office: Office, name: str) -> Dossier:
    with as_file(files("desktop.demo") / "samples" / "dvc" / name) as path:
        return office.desk.dossier(office.desk.import_file(path))


def test_a_hostile_voucher_leaves_nothing(office: Office, tmp_path: Path) -> None:
    hostile = tmp_path / "a.xml"
    hostile.write_text('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e "x">]><java>&e;</java>')
    with pytest.raises(VungXaError) as error:
        office.desk.import_file(hostile)
    assert error.value.code == "entities_forbidden"
    assert office.desk.counts()["all"] == 0


def test_a_good_list_gives_its_rows(office: Office, tmp_path: Path) -> None:
    sheet = tmp_path / "list.xlsx"
    export_rows(sheet, LIST_HEADING, [(1, "Lò Thị Hạnh", "3508200001234", "Agribank", 5_000_000, "Công chức")])
    assert [row["amount"] for row in office.desk.read_beneficiaries(sheet)] == [5_000_000]


def test_a_list_with_an_error_gives_no_row(office: Office, tmp_path: Path) -> None:
    sheet = tmp_path / "list.xlsx"
    people = [(1, "Lò Thị Hạnh", "3508200001234", "Agribank", 5_000_000, "Công chức")]
    export_rows(sheet, LIST_HEADING, [*people, (2, "Hà Văn Tuyên", "102010000123456", "VietinBank", -7, "Công chức")])
    with pytest.raises(DeskError, match="1 ô cần sửa, chưa nhập dòng nào") as error:
        office.desk.read_beneficiaries(sheet)
    assert error.value.code == "bad_list"


def test_an_attachment_is_kept_by_content(office: Office, tmp_path: Path) -> None:
    scan = tmp_path / "biên bản.pdf"
    scan.write_bytes(b"%PDF-1.4 scan".ljust(3000, b" "))
    kept = office.desk.attach(scan)
    assert (kept.name, kept.size) == ("biên bản.pdf", 3000)
    assert office.store.attachments.open_bytes(kept.sha256) == scan.read_bytes()


def test_a_file_name_in_another_encoding_does_not_keep_the_dossier_from_being_saved(
    office: Office, tmp_path: Path
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/qu\xe9t.pdf"))
    path.write_bytes(b"%PDF-1.7 x")
    attachment = office.desk.attach(path)
    draft = office.desk.dossier(office.draft())
    office.desk.save(draft.model_copy(update={"attachments": (attachment,)}))
    assert office.desk.dossier(draft.local_id).attachments[0].name == "qu?t.pdf"
