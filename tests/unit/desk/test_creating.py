"""Dossiers begun from plain words, and made again a month later, on the real store."""

from __future__ import annotations

import pytest

from desktop.dossier.beginning import answered_again
from desktop.dossier.copies import CopyOptions
from desktop.dossier.document import Level
from desktop.dossier.procedures import State
from desktop.dossier.purposes import PurposeError
from tests.unit.desk.kit import LISTED, PHONE, Office

PDF = b"%PDF-1.4 \n%%EOF"


def states(office: Office, local_id: str) -> dict[str, State]:
    return {item.ref: item.state for item in office.desk.components(office.desk.dossier(local_id))}


def test_a_purpose_becomes_a_draft_of_its_case(office: Office) -> None:
    made = office.desk.create_dossier("salary")
    assert (made.case, [item.form for item in made.documents]) == ("P3-a3", ["C2-02a/NS", "M20"])
    assert office.desk.dossier(made.local_id) == made
    assert made.title.startswith("Lương, phụ cấp tháng ")


def test_an_unknown_answer_makes_nothing(office: Office) -> None:
    with pytest.raises(PurposeError):
        office.desk.create_for("salary", {"account": "gold"})
    assert office.desk.counts()["all"] == 0


def test_components_follow_what_is_attached_and_ticked(office: Office) -> None:
    local_id = office.desk.create_for("salary", {"year": "first"})
    paper = "att:van_ban_phe_duyet_du_toan"
    assert states(office, local_id)[paper] is State.MISSING
    draft = office.desk.dossier(local_id)
    office.desk.save(draft.model_copy(update={"on_file": ("van_ban_phe_duyet_du_toan",)}))
    assert states(office, local_id)[paper] is State.ON_FILE
    scan = office.store.attachments.add(PDF, "dự toán.pdf").model_copy(
        update={"component": "van_ban_phe_duyet_du_toan"}
    )
    office.desk.save(draft.model_copy(update={"attachments": (scan,)}))
    assert states(office, local_id)[paper] is State.PRESENT


def test_an_old_draft_has_no_components_until_somebody_says_what_it_is_for(office: Office) -> None:
    local_id = office.draft(PHONE)
    draft = office.desk.dossier(local_id)
    assert (draft.case, office.desk.components(draft)) == ("a", ())
    again = answered_again(draft, office.desk.plan("supplier_no_contract", {"year": "no"}))
    assert {item.state for item in office.desk.components(again)} == {State.PRESENT, State.NOT_NEEDED}


def test_a_dossier_of_files_alone_goes_the_whole_way(office: Office) -> None:
    local_id = office.desk.create_for("utilities_auto", {"service": "water", "year": "no"})
    draft = office.desk.dossier(local_id)
    scan = office.store.attachments.add(PDF, "ủy quyền.pdf")
    scan = scan.model_copy(update={"component": "van_ban_uy_quyen_trich_tu_dong"})
    office.desk.save(draft.model_copy(update={"attachments": (scan,)}))
    office.desk.submit(local_id, office.warnings(local_id))
    office.sign(local_id)
    assert len(office.store.submissions.signed_at(local_id)) == 2
    assert office.package(local_id)


def test_next_month_begins_from_this_one(office: Office) -> None:
    before = office.draft(LISTED)
    made = office.desk.dossier(office.desk.copy_month(before))
    number = office.desk.dossier(before).documents[0].fields["document_no"]
    assert made.copied_from == before
    assert made.documents[0].fields["document_no"] == made.documents[1].fields["parent_voucher_no"] != number
    assert made.documents[1].tables == office.desk.dossier(before).documents[1].tables


def test_a_number_in_use_is_passed_over(office: Office) -> None:
    before = office.draft(PHONE, number="RDT0100")
    office.draft(PHONE, number="RDT0101")
    made = office.desk.dossier(office.desk.copy_month(before))
    assert made.documents[0].fields["document_no"] == "RDT0102"


def test_what_differs_is_told_until_the_source_is_gone(office: Office) -> None:
    made = office.desk.dossier(office.desk.copy_month(office.draft(PHONE), CopyOptions(amounts="clear")))
    keys = {item.key for item in office.desk.differences(made)}
    assert {"amount", "document_no"} <= keys
    assert office.desk.differences(made.model_copy(update={"copied_from": "gone"})) == ()
    assert office.desk.differences(made.model_copy(update={"copied_from": None})) == ()


def test_a_first_dossier_of_the_year_without_its_estimate_cannot_be_submitted(office: Office) -> None:
    told = [p for p in office.desk.check(office.desk.create_dossier("salary", {"year": "first"})) if p.rule == "R-037"]
    assert [item.level for item in told] == [Level.ERROR]
    asked = [p for p in office.desk.check(office.desk.create_dossier("salary")) if p.rule == "R-037"]
    assert [item.level for item in asked] == [Level.WARNING]
