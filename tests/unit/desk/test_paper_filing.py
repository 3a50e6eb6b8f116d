"""«In bộ giấy»: the pack is on the disk and the dossier on paper, or neither."""

from pathlib import Path

import pytest

from desktop.desk.errors import DeskError
from desktop.dossier.lifecycle import State
from desktop.exchange.pages import page_count
from desktop.store.errors import FactError
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import LISTED, PHONE, Clock, Office

REASON = "Mất mạng từ ngày 20/11, hạn nộp 24/11"


def state(office: Office, local_id: str) -> State:
    return office.store.projection.row(local_id).status.state


def test_a_draft_is_printed_and_frozen(office: Office, tmp_path: Path) -> None:
    local_id = office.draft(LISTED)
    pages = office.desk.file_on_paper(local_id, tmp_path / "a.pdf", f"  {REASON}\n")
    assert page_count((tmp_path / "a.pdf").read_bytes()) == pages == 1 + 2 + 3
    assert state(office, local_id) is State.PAPER
    assert office.desk.detail(local_id).reason == REASON
    assert office.store.submissions.get(local_id).objects[0].content == (tmp_path / "a.pdf").read_bytes()


@pytest.mark.parametrize("reason", ["", "mất mạng", "x" * 301, " \n "])
def test_without_a_reason_nothing_is_printed(office: Office, tmp_path: Path, reason: str) -> None:
    local_id = office.draft()
    with pytest.raises(DeskError) as caught:
        office.desk.file_on_paper(local_id, tmp_path / "a.pdf", reason)
    assert caught.value.code == "reason_missing"
    assert (list(tmp_path.glob("*.pdf")), state(office, local_id)) == ([], State.DRAFT)


def test_a_dossier_with_errors_is_no_more_valid_on_paper(office: Office, tmp_path: Path) -> None:
    local_id = office.draft()
    draft = office.desk.dossier(local_id)
    form = draft.documents[0].model_copy(update={"tables": {"lines": []}})
    office.desk.save(draft.model_copy(update={"documents": (form,)}))
    with pytest.raises(DeskError) as caught:
        office.desk.file_on_paper(local_id, tmp_path / "a.pdf", REASON)
    assert caught.value.code == "has_errors"


def test_what_bars_the_electronic_way_alone_does_not_bar_paper(tmp_path: Path, soft_people: list[SoftPerson]) -> None:
    nobody = [soft.person.model_copy(update={"certificate_sha256": ""}) for soft in soft_people]
    office = Office.make(tmp_path / "unit", nobody, Clock(), soft_people)
    with office.store:
        local_id = office.draft()
        office.desk.save(office.desk.dossier(local_id).model_copy(update={"state_secret": True}))
        assert {"R-002", "R-020"} <= {problem.rule for problem in office.desk.check(office.desk.dossier(local_id))}
        assert office.desk.file_on_paper(local_id, tmp_path / "a.pdf", REASON) > 1


def test_what_cannot_be_written_is_not_recorded(office: Office, tmp_path: Path) -> None:
    local_id = office.draft()
    with pytest.raises(DeskError) as caught:
        office.desk.file_on_paper(local_id, tmp_path / "missing" / "a.pdf", REASON)
    assert caught.value.code == "not_writable"
    assert state(office, local_id) is State.DRAFT


def test_one_that_waits_for_signatures_may_still_go_on_paper(office: Office, tmp_path: Path) -> None:
    local_id = office.submit(PHONE)
    office.desk.file_on_paper(local_id, tmp_path / "a.pdf", REASON)
    assert state(office, local_id) is State.PAPER
    office.desk.withdraw(local_id)
    assert state(office, local_id) is State.DRAFT


def test_it_is_filed_once(office: Office, tmp_path: Path) -> None:
    local_id = office.draft()
    office.desk.file_on_paper(local_id, tmp_path / "a.pdf", REASON)
    with pytest.raises(FactError) as caught:
        office.desk.file_on_paper(local_id, tmp_path / "b.pdf", REASON)
    assert caught.value.code == "already_on_paper"
    assert not (tmp_path / "b.pdf").exists()


def test_specimens_are_fetched_for_the_paper(office: Office, tmp_path: Path) -> None:
    from desktop.desk.pictures import pictures
    from tests.fixtures.forms_filled import filled

    kept = office.store.attachments.add(b"\x89PNG\r\n\x1a\n picture", "dau.png")
    form = filled("M24")
    row = {**form.tables["specimens"][0], "specimen_1": kept.sha256, "specimen_2": "0" * 64}
    named = form.model_copy(update={"fields": {**form.fields, "seal_1": kept.sha256}, "tables": {"specimens": [row]}})
    assert pictures(office.store, named) == {kept.sha256: b"\x89PNG\r\n\x1a\n picture"}
