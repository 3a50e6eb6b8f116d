"""What several windows, threads and people at once must not be able to break: one payment, signed as it was shown."""

from collections.abc import Mapping, Sequence

import pytest

from desktop.desk.connection import enrol_device, enrolled
from desktop.desk.errors import DeskError
from desktop.desk.sealing import Sealer
from desktop.desk.signed_paper import SignedPapers
from desktop.desk.signing_batch import SigningBatch
from desktop.desk.signing_views import SigningViews
from desktop.desk.submitting import Submitting
from desktop.dossier.descriptor import NamedBytes
from desktop.dossier.document import Dossier
from desktop.dossier.lifecycle import State
from desktop.dossier.people import Person
from desktop.dossier.signers import Step
from desktop.dossier.views import SignProgress
from desktop.signing.batch import sign_item
from desktop.store.errors import FactError
from tests.fixtures.gateway import GatewayProcess
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import Office


def change(office: Office, local_id: str, what: str = "content") -> None:
    """Withdraw a dossier, change it and submit it again, as another window would."""
    office.desk.withdraw(local_id)
    dossier = office.desk.dossier(local_id)
    first = dossier.documents[0]
    changed = first.model_copy(update={"fields": first.fields | {"general_content": "Nội dung khác"}})
    update: dict[str, object] = {"documents": (changed,)} if what == "content" else {"urgent": True}
    office.desk.save(dossier.model_copy(update=update))
    office.desk.submit(local_id, office.warnings(local_id))


def signer(office: Office, local_id: str, order: int = 1) -> SoftPerson:
    wanted = office.store.submissions.steps(local_id)[order - 1]["person_id"]
    return next(soft for soft in office.people if soft.person.person_id == wanted)


def shown(office: Office, local_id: str) -> dict[str, str]:
    """What the signing dialog listed."""
    context = office.context()
    return {local_id: SigningViews(context, SignedPapers(context)).item(local_id).mark}


class SlowPrinter(Submitting):
    """A desk during whose printing another window saves the draft."""

    def _objects(self, dossier: Dossier, steps: Sequence[Step], signers: Mapping[int, Person]) -> list[NamedBytes]:
        made = super()._objects(dossier, steps, signers)
        with self._context.store.reopen() as window:
            window.drafts.save(dossier.model_copy(update={"title": "Đã sửa"}), "khac")
        return made


def test_what_changed_while_it_was_printed_is_not_frozen(office: Office) -> None:
    local_id = office.draft()
    with pytest.raises(DeskError) as error:
        SlowPrinter(office.context()).submit(local_id, office.warnings(local_id))
    assert error.value.code == "changed_meanwhile"
    assert office.store.projection.row(local_id).status.state is State.DRAFT


def test_a_number_already_on_its_way_is_stopped_before_anybody_signs(office: Office) -> None:
    office.submit()
    twin = office.draft()
    with pytest.raises(FactError) as error:
        office.desk.submit(twin, office.warnings(twin))
    assert error.value.code == "number_used"


def test_a_returned_dossier_has_one_correction(office: Office) -> None:
    local_id, _ = office.seal()
    package = office.decide(local_id, "returned", "sai tài khoản")
    first = office.desk.correct(local_id)
    assert office.desk.correct(local_id) == first
    assert office.desk.dossier(first).replaces == package
    office.desk.submit(first, office.warnings(first))
    with pytest.raises(DeskError) as error:
        office.desk.correct(local_id)
    assert error.value.code == "already_replaced"
    office.desk.withdraw(first)
    office.desk.delete(first)
    assert office.desk.correct(local_id) != first


def test_what_the_treasury_has_from_another_machine_is_not_sent_again_as_a_correction(office: Office) -> None:
    local_id, package = office.seal()
    office.store.outbox.mark_sending([package], office.context().now())
    office.store.outbox.mark_refused(package, "already_sent", "Đã nhận.", office.context().now())
    with pytest.raises(DeskError) as error:
        office.desk.correct(local_id)
    assert error.value.code == "already_sent"


def test_a_correction_of_a_supplement_may_use_the_money_held(office: Office) -> None:
    local_id, _ = office.seal()
    office.decide(local_id, "supplement", "thiếu biên bản")
    left = sum(line.left for line in office.desk.estimates())
    correction = office.desk.correct(local_id)
    view = office.desk.estimate(office.desk.dossier(correction))
    assert view is not None
    assert view.left == view.given
    office.desk.submit(correction, office.warnings(correction))
    assert sum(line.left for line in office.desk.estimates()) == left


def test_a_signature_of_bytes_that_were_replaced_meanwhile_is_not_kept(office: Office) -> None:
    local_id = office.submit()
    sealer, first = Sealer(office.context()), signer(office, local_id)
    item = sealer.item(local_id, first.person)
    signed = sign_item(item, first, office.clock())
    change(office, local_id)
    with pytest.raises(DeskError) as error:
        sealer.keep(local_id, signed, first.person, office.context().now())
    assert error.value.code == "bad_package"
    assert office.store.submissions.get(local_id).signatures == ()


@pytest.mark.parametrize("what", ["content", "urgent"])
def test_nothing_is_signed_that_was_not_shown(office: Office, what: str) -> None:
    local_id = office.submit()
    first, said = signer(office, local_id), list[SignProgress]()
    for seen, last in ((shown(office, local_id), "failed"), (None, "signed")):
        if seen:
            change(office, local_id, what)
        context = office.context()
        views, now = SigningViews(context, SignedPapers(context)), seen or shown(office, local_id)
        batch = SigningBatch(context, first.person, views, now, {}, said.append, lambda: None)
        batch.run([local_id], first, lambda: False)
        assert said[-1].state == last
    assert list(office.store.submissions.signed_at(local_id)) == [1]


def test_nobody_signs_on_top_of_a_signature_that_does_not_hold(office: Office) -> None:
    local_id = office.submit()
    first, second = signer(office, local_id), signer(office, local_id, 2)
    office.store.submissions.add_signature(local_id, 1, b"<x/>", b"cms", first.person.person_id, office.context().now())
    with pytest.raises(DeskError) as error:
        Sealer(office.context()).item(local_id, second.person, office.news(local_id))
    assert error.value.code == "bad_package"


def strike_off(office: Office, person: Person) -> None:
    office.store.unit.save(office.store.unit.get(), [one for one in office.store.unit.people() if one != person])


def test_a_signature_stays_good_when_its_signer_leaves_later(office: Office) -> None:
    local_id = office.submit()
    office.sign(local_id, 1)
    strike_off(office, signer(office, local_id).person)
    office.sign(local_id)
    assert office.package(local_id)


def test_who_left_before_signing_stops_the_dossier(office: Office) -> None:
    """The gateway would refuse it for ever; here it can still be withdrawn."""
    local_id = office.submit()
    first, sealer = signer(office, local_id), Sealer(office.context())
    item = sealer.item(local_id, first.person)
    strike_off(office, first.person)
    office.clock.move(seconds=5 * 3600)
    with pytest.raises(DeskError) as unfit:
        sealer.item(local_id, first.person)
    signed = sign_item(item, first, office.clock())
    with pytest.raises(DeskError) as error:
        sealer.keep(local_id, signed, first.person, office.context().now())
    assert (unfit.value.code, error.value.code) == ("not_registered", "bad_package")


def test_another_treasury_is_not_asked_to_take_what_the_first_may_have(
    office: Office, gateway: GatewayProcess, own_gateway: GatewayProcess
) -> None:
    people, code = [soft.person for soft in office.people], {}
    for treasury in (gateway, own_gateway):
        code[treasury.pin] = treasury.register(office.desk.unit(), people, [])
    enrol_device(office.store, gateway.url, gateway.pin, code[gateway.pin])
    first = enrolled(office.store)
    _, package = office.seal()
    office.store.outbox.mark_sending([package], office.context().now())
    with pytest.raises(DeskError) as error:
        enrol_device(office.store, own_gateway.url, own_gateway.pin, code[own_gateway.pin])
    assert (error.value.code, enrolled(office.store)) == ("other_treasury", first)
    office.store.outbox.mark_refused(package, "x", "Sai", office.context().now())
    enrol_device(office.store, own_gateway.url, own_gateway.pin, code[own_gateway.pin])
    assert enrolled(office.store).tls_pin == own_gateway.pin
