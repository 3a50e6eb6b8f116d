"""«Trình ký» refuses what is wrong, freezes exactly what is shown, and says who signs."""

import pytest

from desktop.demo.cases import Case
from desktop.demo.scan import scan_pdf
from desktop.demo.unit import UNIT
from desktop.dossier.descriptor import read_descriptor, read_document
from desktop.dossier.errors import VungXaError
from desktop.exchange.printing import print_document
from tests.unit.desk.kit import CASH, LISTED, ORDER, PHONE, SETTLEMENT, Office, sha256


def refused(office: Office, local_id: str, acknowledged: tuple[str, ...] = ()) -> VungXaError:
    with pytest.raises(VungXaError) as error:
        office.desk.submit(local_id, acknowledged)
    assert office.store.submissions.steps(local_id) == ()
    return error.value


def test_errors_refuse_with_the_first_message_and_their_number(office: Office) -> None:
    local_id = office.desk.create("C2-02a/NS")
    errors = [p for p in office.desk.check(office.desk.dossier(local_id)) if p.level == "error"]
    said = refused(office, local_id)
    assert said.code == "has_errors"
    assert said.message == f"Hồ sơ còn {len(errors)} lỗi nên chưa trình ký được. {errors[0].message}"


def test_each_warning_must_have_been_seen(office: Office) -> None:
    local_id = office.draft(CASH)
    first, second = office.warnings(local_id)
    both, one = refused(office, local_id), refused(office, local_id, (first,))
    assert (both.code, "Còn 2 điểm" in both.message, first in both.message) == ("not_acknowledged", True, True)
    assert ("Còn 1 điểm" in one.message, second in one.message) == (True, True)


def test_the_journal_keeps_which_warnings_were_seen_and_no_names(office: Office) -> None:
    local_id = office.submit(CASH)
    assert office.journal("warnings_acknowledged") == [f"{local_id}: M13-10, R-023"]
    office.submit(PHONE)
    assert len(office.journal("warnings_acknowledged")) == 1


def test_a_submitted_dossier_holds_its_money(office: Office) -> None:
    before = office.desk.estimates()
    office.submit(PHONE)
    held = [after.held - line.held for line, after in zip(before, office.desk.estimates(), strict=True)]
    assert sorted(held) == [0, 0, 3_412_500]


@pytest.mark.parametrize(
    ("case", "roles"),
    [
        (PHONE, [["chief_accountant"], ["head_of_unit"]]),
        (ORDER, [["chief_accountant"], ["account_holder"]]),
        (LISTED, [["preparer"], ["chief_accountant"], ["head_of_unit"]]),
    ],
)
def test_the_forms_say_who_signs_in_which_order(office: Office, case: Case, roles: list[list[str]]) -> None:
    local_id = office.submit(case)
    steps = office.store.submissions.steps(local_id)
    assert [step["roles"] for step in steps] == roles
    assert [step["person_id"] for step in steps] == ["p1", "p2", "p3"][-len(steps) :]
    assert [step["order"] for step in steps] == list(range(1, len(steps) + 1))


def test_without_a_signer_nothing_is_frozen(office: Office) -> None:
    local_id = office.draft()
    preparer, _, head = office.store.unit.people()
    office.store.unit.save(UNIT, [preparer, head])
    said = refused(office, local_id)
    assert (said.code, "kế toán trưởng" in said.message.lower()) == ("has_errors", True)


def test_the_second_accountant_signs_when_the_first_has_no_certificate(office: Office) -> None:
    first, second, third = office.store.unit.people()
    bare = second.model_copy(update={"person_id": "p9", "certificate_sha256": ""})
    office.store.unit.save(UNIT, [first, bare, second, third])
    assert office.store.submissions.steps(office.submit())[0]["person_id"] == "p2"


def test_frozen_bytes_are_what_the_descriptor_says(office: Office) -> None:
    local_id = office.submit(scan=scan_pdf(20_000, 1))
    frozen = office.store.submissions.get(local_id)
    descriptor = read_descriptor(frozen.objects[0].content)
    named = {item.name: item.sha256 for item in (*descriptor.documents, *descriptor.attachments)}
    assert {item.name: sha256(item.content) for item in frozen.objects[1:]} == named
    assert [signer.certificate_sha256 for signer in descriptor.signers] == [
        step["certificate_sha256"] for step in frozen.steps
    ]
    assert (descriptor.local_id, descriptor.unit.code) == (local_id, UNIT.code)


def test_the_scan_is_signed_as_it_is(office: Office) -> None:
    scan = scan_pdf(20_000, 2)
    frozen = office.store.submissions.get(office.submit(scan=scan)).objects[-1]
    assert (frozen.content, frozen.media_type) == (scan, "application/pdf")
    assert frozen.name == f"attachments/01-{sha256(scan)[:8]}.pdf"


@pytest.mark.parametrize("case", [PHONE, SETTLEMENT, ORDER, CASH])
def test_the_digest_signed_is_that_of_the_paper_shown(office: Office, case: Case) -> None:
    frozen = office.store.submissions.get(office.submit(case))
    document, _, pdf_sha256 = read_document(frozen.objects[1].content)
    assert pdf_sha256 == sha256(print_document(document))


def test_withdrawing_gives_the_draft_and_its_money_back(office: Office) -> None:
    local_id = office.submit()
    office.sign(local_id, 1)
    office.desk.withdraw(local_id)
    assert office.store.submissions.steps(local_id) == ()
    assert sum(line.held for line in office.desk.estimates()) == 0
    office.desk.submit(local_id, office.warnings(local_id))
    assert office.store.submissions.signed_at(local_id) == {}


def test_a_sealed_dossier_is_not_withdrawn(office: Office) -> None:
    local_id, _ = office.seal()
    with pytest.raises(VungXaError) as error:
        office.desk.withdraw(local_id)
    assert error.value.code == "already_sealed"


def test_a_dossier_is_frozen_once(office: Office) -> None:
    local_id = office.submit()
    with pytest.raises(VungXaError) as error:
        office.desk.submit(local_id, office.warnings(local_id))
    assert error.value.code == "draft_frozen"
    assert office.journal("submit") == [local_id]
