"""Keeps what a hand-over file brought, once it was verified and judged: a guest to be signed, or our own come home."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.desk.context import DeskContext
from desktop.desk.handover_checks import Checked
from desktop.desk.sealing import Sealer
from desktop.signing.asice import Signed
from desktop.signing.claims import place_of
from desktop.signing.cmsinfo import read_signature
from desktop.signing.handover import Handover
from desktop.store.frozen import Signing, StepData
from desktop.store.handovers import Guest


def take_in(context: DeskContext, handover: Handover, checked: Checked, new: Sequence[Signed]) -> None:
    """Keep a dossier of another machine as a guest, or what is new of one that is here; call it in a transaction."""
    store, actor, local_id = context.store, context.user.person_id, checked.dossier.local_id
    if store.handovers.guest(local_id) is None:
        _keep_files(context, checked)
        contents = handover.contents
        guest = Guest(contents.home, contents.home_id, checked.handed.part.told, contents.at)
        store.handovers.take_in(
            checked.dossier, checked.package.objects, _steps(context, checked), guest, handover.digest, actor
        )
    else:
        store.handovers.came_in(local_id, handover.digest, actor)
    steps = store.submissions.steps(local_id)
    for order, signed in _numbered(checked, new):
        made = _made(checked, order, signed, steps[order - 1])
        store.submissions.add_signature(
            local_id, order, signed.manifest, signed.cms, made.person_id, made.at,
            session=made.session, machine=made.machine, machine_name=made.machine_name,
        )  # fmt: skip


def bring_home(context: DeskContext, handover: Handover, checked: Checked, new: Sequence[Signed]) -> bool:
    """Add the signatures made elsewhere as if they were made here, under the other machine's name.

    Says whether the last of them sealed the package. Call it in a transaction. Raises DeskError bad_package, FactError
    not_your_turn, StoreError.
    """
    store, local_id = context.store, checked.dossier.local_id
    store.handovers.came_home(local_id, handover.digest, handover.contents.machine, context.user.person_id)
    sealed, steps = False, store.submissions.steps(local_id)
    for order, signed in _numbered(checked, new):
        made = _made(checked, order, signed, steps[order - 1])
        if order == len(steps):
            number = store.submissions.number(local_id)
            store.payee_stands.stand(number, local_id, made.person_id, checked.handed.part.stood, made.at)
        sealed = Sealer(context).take(local_id, signed, made) is not None
    return sealed


def _keep_files(context: DeskContext, checked: Checked) -> None:
    """Attachments and pictures go where the screens look for them."""
    contents = {item.name: item.content for item in checked.package.objects}
    for item in checked.content.descriptor.attachments:
        context.store.attachments.add(contents[item.name], item.title)
    for digest, content in checked.handed.pictures.items():
        context.store.attachments.add(content, digest[:12])


def _steps(context: DeskContext, checked: Checked) -> list[StepData]:
    """The signatures asked for; a person of ours is known by the certificate, whatever the other machine calls them."""
    ours = {person.certificate_sha256: person.person_id for person in context.store.unit.people()}
    return [
        StepData(
            order=signer.order, roles=[role.value for role in signer.roles], title=signer.title, name=signer.name,
            person_id=ours.get(signer.certificate_sha256, f"other-{signer.certificate_sha256[:16]}"),
            certificate_sha256=signer.certificate_sha256,
        )
        for signer in checked.content.descriptor.signers
    ]  # fmt: skip


def _numbered(checked: Checked, new: Sequence[Signed]) -> list[tuple[int, Signed]]:
    """New signatures are always the last ones of the package."""
    first = len(checked.package.signatures) - len(new) + 1
    return list(enumerate(new, first))


def _made(checked: Checked, order: int, signed: Signed, step: StepData) -> Signing:
    """Who made a signature, and when and where by its own word; what the machine is called says the file."""
    machine, session = place_of(read_signature(signed.cms).place)
    name, at = checked.machines[order - 1], checked.report.signers[order - 1].signed_at
    return Signing(order, step["person_id"], at, session, machine, name)
