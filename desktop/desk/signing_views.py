"""What waits for a person's signature, told from the frozen bytes; what cannot change is read once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.desk.allowing import reading
from desktop.desk.context import DeskContext
from desktop.desk.payee_news import NOTHING_BEFORE, Before, Compared, compare, news_for_guest, news_of, paid_by
from desktop.desk.signed_paper import SignedPapers
from desktop.desk.sittings import remarks
from desktop.dossier.acknowledgements import MAX_SENTENCE, PayeeTold
from desktop.dossier.document import Dossier
from desktop.dossier.errors import VungXaError
from desktop.dossier.payouts import Payout
from desktop.dossier.sign_views import PayeeNews, SignItem, StepView
from desktop.dossier.signed_content import SignedContent
from desktop.store.frozen import Signing, StepData
from desktop.store.paid_before import Key, PaidBook
from desktop.store.summary import summarise

KNOWN = 2_000
"""So many dossiers are remembered; a list of a thousand payees counts by its news only."""


@dataclass(frozen=True)
class Looked:
    """One submission as it was read: its item without what changes with time, and its news by payee."""

    item: SignItem
    news: Mapping[Key, PayeeNews]


class SigningViews:
    """Reads what a signer is shown; the same dossier again costs a few look-ups."""

    def __init__(self, context: DeskContext, papers: SignedPapers) -> None:
        self._context = context
        self.papers = papers
        self._known: OrderedDict[tuple[int, int], Looked] = OrderedDict()

    @reading
    def items(self, person_id: str) -> list[SignItem]:
        """The dossiers whose next signature is this person's, the one submitted first first.

        A dossier that cannot be read is shown with nothing but its name; it cannot be signed either.
        """
        waiting = self._context.store.submissions.to_sign(person_id)
        looked = self._look_all(waiting)
        return [self._item(local_id, looked[local_id]) for local_id in waiting]

    @reading
    def item(self, local_id: str) -> SignItem:
        """What the next signer is shown of one dossier. Raises StoreError."""
        return self._item(local_id, self.look(local_id))

    def _item(self, local_id: str, looked: Looked) -> SignItem:
        store = self._context.store
        number, steps = store.submissions.number(local_id), store.submissions.steps(local_id)
        made = store.submissions.signings(number)
        turn = steps[len(made)] if len(made) < len(steps) else None
        guest = store.handovers.guest(local_id)
        return replace(
            looked.item,
            documents=self.papers.with_pages(looked.item.documents),
            steps=_step_views(steps, made),
            must_acknowledge=bool(turn and len(made) + 1 == len(steps) and self.unacknowledged(local_id, turn)),
            news=tuple(self._asked(local_id, looked, steps[-1]).values()) if steps else (),
            came_from=guest.machine if guest else "",
            same_sitting=remarks(steps, made, self._next(turn)),
        )

    @reading
    def unacknowledged(self, local_id: str, step: StepData) -> dict[Key, PayeeNews]:
        """The news of a dossier that the signer of a step has not stood for yet."""
        news = self._asked(local_id, self.look(local_id), step)
        if not news:
            return {}
        store = self._context.store
        stood = store.payee_stands.stood(store.submissions.number(local_id), step["person_id"])
        return {key: item for key, item in news.items() if key not in stood}

    def _asked(self, local_id: str, looked: Looked, step: StepData) -> Mapping[Key, PayeeNews]:
        """What the signer of a step is asked to stand for.

        No decision of the Treasury comes to a machine that only signs. So a person is not asked again there for a payee
        they have stood for there before, unless the dossier's own machine names the payee.
        """
        news, store = looked.news, self._context.store
        guest = store.handovers.guest(local_id)
        if guest is None or not news:
            return news
        mine = store.submissions.number(local_id)
        known = store.payee_stands.before(mine, step["person_id"], news) - {one.key for one in guest.told}
        return {key: item for key, item in news.items() if key not in known}

    @reading
    def told(self, local_id: str) -> tuple[PayeeTold, ...]:
        """What this machine says of a dossier's payees, for another machine that does not know them."""
        return tuple(
            PayeeTold(account_key=key[0], name_key=key[1], kind=item.kind, text=item.text[:MAX_SENTENCE])
            for key, item in self.look(local_id).news.items()
        )

    @reading
    def look(self, local_id: str) -> Looked:
        """One frozen dossier with its news, as the Treasury's decisions known here make them. Raises StoreError."""
        return self._look_all([local_id])[local_id]

    def _key(self, local_id: str) -> tuple[int, int]:
        store = self._context.store
        return store.submissions.number(local_id), store.paid_before.head()

    def _look_all(self, local_ids: Sequence[str]) -> dict[str, Looked]:
        """Reads those not known yet; who was paid before is asked once for all of them."""
        keys = {local_id: self._key(local_id) for local_id in local_ids}
        found = {local_id: held for local_id, key in keys.items() if (held := self._known.get(key)) is not None}
        read = {local_id: self._read(local_id) for local_id in keys if local_id not in found}
        if not read:
            return found
        book = self._context.store.paid_before.book({payout.key for _, paid in read.values() for payout in paid})
        before: dict[int, Before] = {}
        for local_id, (content, paid) in read.items():
            found[local_id] = self._looked(keys[local_id][0], local_id, content, paid, book, before)
            if content is not None:  # what cannot be read now has news that nobody knows: it is read again next time
                self._known[keys[local_id]] = found[local_id]
        while len(self._known) > max(KNOWN, len(local_ids)):
            self._known.popitem(last=False)
        return found

    def _read(self, local_id: str) -> tuple[SignedContent | None, tuple[Payout, ...]]:
        try:
            content = self.papers.content(local_id)
            return content, paid_by(content.dossier())
        except VungXaError:  # shown_differs, a pack that is gone: said when it is opened or signed
            return None, ()

    def _looked(
        self,
        submission_id: int,
        local_id: str,
        content: SignedContent | None,
        paid: Sequence[Payout],
        book: PaidBook,
        before: dict[int, Before],
    ) -> Looked:
        if content is None:
            row = self._context.store.projection.row(local_id)
            return Looked(SignItem(local_id, row.number, row.title, row.amount, (), ()), {})
        dossier = content.dossier()
        guest = self._context.store.handovers.guest(local_id)
        news = news_for_guest(paid, book, guest.told, guest.machine) if guest else news_of(paid, book)
        compared = NOTHING_BEFORE if guest else self._compared(submission_id, dossier, paid, before)
        item = SignItem(
            local_id, dossier.number, dossier.title, summarise(dossier).amount, self.papers.files(content), (),
            len(paid), *compared, news=tuple(news.values()), mark=content.mark,
        )  # fmt: skip
        return Looked(item, news)

    def _compared(
        self, submission_id: int, dossier: Dossier, paid: Sequence[Payout], before: dict[int, Before]
    ) -> Compared:
        try:
            return compare(self._context.store, submission_id, dossier, paid, before)
        except VungXaError:  # the earlier dossier's pack is gone: nothing to compare with
            return NOTHING_BEFORE

    def _next(self, turn: StepData | None) -> Signing | None:
        if turn is None:
            return None
        context = self._context
        machine, session = context.place
        return Signing(turn["order"], turn["person_id"], context.now(), session, machine, context.machine)


def _step_views(steps: Sequence[StepData], made: Sequence[Signing]) -> tuple[StepView, ...]:
    at = {signing.order: signing.at for signing in made}
    turn = len(made) + 1
    states = {step["order"]: "signed" if step["order"] in at else "waiting" for step in steps} | (
        {turn: "turn"} if turn <= len(steps) else {}
    )
    return tuple(
        StepView(step["title"], step["name"], states[step["order"]], at.get(step["order"], "")) for step in steps
    )
