"""`vungxa sign`: signs dossiers with a token, without a window, by the same rules as the window."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from desktop.commands.answer import FAILED, NO, OK, Answer, say, to_json
from desktop.commands.creating import local_id_of
from desktop.commands.opening import opened
from desktop.commands.secrets import ask
from desktop.commands.stopping import asked_to_stop
from desktop.desk.context import DeskContext
from desktop.desk.desk import Desk
from desktop.desk.errors import DeskError
from desktop.desk.token_desk import TokenDesk
from desktop.desk.token_modules import installed_worker
from desktop.dossier.duties import Act
from desktop.dossier.errors import VungXaError
from desktop.dossier.people import Person
from desktop.dossier.sign_views import SignItem, SignProgress, TokenView

NOTHING = "Không có hồ sơ nào đang chờ chữ ký của {}."
_STATES = {"signed": "đã ký", "failed": "KHÔNG KÝ ĐƯỢC", "stopped": "dừng", "signing": "đang ký", "waiting": "chưa ký"}


@dataclass
class Batch:
    """What came of each dossier so far; tells every step as it happens."""

    numbers: Mapping[str, str]
    as_json: bool
    last: dict[str, SignProgress] = field(default_factory=dict)

    def tell(self, progress: SignProgress) -> None:
        """Notes a step and says it."""
        self.last[progress.local_id] = progress
        number = self.numbers[progress.local_id]
        words = f"{number}: {_STATES[progress.state]}. {progress.message}".rstrip(". ") + "."
        self.say(number, progress.state, progress.message, words if progress.state != "signing" else "")

    def say(self, number: str, state: str, message: str, words: str) -> None:
        """Says something of a dossier at once: a line of JSON, or words ("" for nothing)."""
        if self.as_json:
            say(to_json({"dossier": number, "state": state, "message": message}))
        elif words:
            say(words)

    def results(self) -> list[dict[str, Any]]:
        """One entry for each dossier, in the order asked for."""
        told = {local_id: SignProgress(local_id, "waiting") for local_id in self.numbers} | self.last
        return [{"number": self.numbers[local_id], **asdict(one)} for local_id, one in told.items()]


def sign(args: Namespace) -> Answer:
    """Signs what waits for the person of one token. Exit 1 when a dossier was refused, 2 when the batch broke off.

    Raises DeskError no_token, which_token and those of TokenView, TokenError before the first signature, StoreError.
    """
    if args.all == bool(args.dossier):
        raise DeskError("bad_arguments", "Cho biết hồ sơ cần ký bằng --dossier, hoặc --all để ký mọi hồ sơ đang chờ.")
    with opened(args, Act.SIGN) as context:
        people = context.store.unit.people()
        token_desk = TokenDesk(context, lambda: installed_worker(context.store))
        try:
            return _sign(args, context, token_desk, people)
        finally:
            token_desk.close()


def _sign(args: Namespace, context: DeskContext, token_desk: TokenDesk, people: Sequence[Person]) -> Answer:
    view = chosen_token(token_desk.tokens(), args.token, args.person)
    person = next(one for one in people if one.person_id == view.matches_person_id)
    items = token_desk.items(person.person_id)
    wanted = [item.local_id for item in items] if args.all else _named(args, context)
    batch = Batch(_numbers(context, wanted), args.json)
    if not wanted:
        return Answer(_payload(batch, person, view), [NOTHING.format(person.name)])
    asked = [item for item in items if item.must_acknowledge and item.local_id in wanted]
    stands = _stands(asked, batch) if args.acknowledge_payees else {}
    pin = None if view.pin_pad else ask(args, "Mã PIN")
    with asked_to_stop() as stopped:
        broken = _run(token_desk, view.serial, pin, wanted, batch, stopped, args.final_try, stands)
        return _told(batch, person, view, broken, cancelled=stopped())


def _run(
    token_desk: TokenDesk,
    serial: str,
    pin: str | None,
    wanted: Sequence[str],
    batch: Batch,
    stopped: Any,
    final_try: bool,
    stands: Mapping[str, Sequence[str]],
) -> VungXaError | None:
    """Runs the batch; an error before anything was signed is the answer, a later one stops with what is done."""
    try:
        token_desk.sign(serial, pin, wanted, batch.tell, stopped, final_try=final_try, acknowledged=stands)
    except VungXaError as error:
        if not any(one.state == "signed" for one in batch.last.values()):
            raise
        return error
    return None


def chosen_token(views: Sequence[TokenView], serial: str, person_id: str) -> TokenView:
    """The certificate to sign with: of the token or person named, else the only one that can sign.

    Raises DeskError no_token, which_token, or why the only one cannot sign.
    """
    meant = [view for view in views if serial in ("", view.serial) and person_id in ("", view.matches_person_id)]
    usable = [view for view in meant if not view.problem]
    if not meant:
        raise DeskError("no_token", "Không thấy token của người ký. Cắm token rồi thử lại; xem «vungxa token list».")
    if not usable:
        raise DeskError(meant[0].problem_code, meant[0].problem)
    if len({view.serial for view in usable}) > 1:
        told = ", ".join(f"{view.serial} ({view.owner})" for view in usable)
        raise DeskError("which_token", f"Có nhiều token ký được, chọn một bằng --token hoặc --person: {told}.")
    return usable[0]


def _named(args: Namespace, context: DeskContext) -> list[str]:
    desk = Desk(context)
    return list(dict.fromkeys(local_id_of(desk, name) for name in args.dossier))


def _numbers(context: DeskContext, local_ids: Sequence[str]) -> dict[str, str]:
    return {local_id: context.store.projection.row(local_id).number for local_id in local_ids}


def _stands(items: Sequence[SignItem], batch: Batch) -> dict[str, list[str]]:
    """The new and changed payees the signer stands for; each is said before the PIN is asked for."""
    for item in items:
        for news in item.news:
            batch.say(item.number, "payee", news.text, f"{item.number}: {news.text}")
    return {item.local_id: [news.key for news in item.news] for item in items}


def _told(batch: Batch, person: Person, view: TokenView, broken: VungXaError | None, *, cancelled: bool) -> Answer:
    payload = _payload(batch, person, view) | {"cancelled": cancelled}
    results = payload["dossiers"]
    done = payload["signed"]
    lines = [f"Đã ký {done} trên {len(results)} hồ sơ bằng token của {person.name}."]
    if broken is not None:
        payload |= {"ok": False, "error": {"code": broken.code, "message": broken.message}}
        lines.append(broken.message)
    if cancelled or broken is not None:
        return Answer(payload, lines, FAILED)
    return Answer(payload, lines, OK if done == len(results) else NO)


def _payload(batch: Batch, person: Person, view: TokenView) -> dict[str, Any]:
    results = batch.results()
    done = sum(one["state"] == "signed" for one in results)
    uses = max((one["pin_uses"] for one in results), default=0)
    return {
        "ok": done == len(results),
        "person": {"person_id": person.person_id, "name": person.name},
        "serial": view.serial,
        "dossiers": results,
        "signed": done,
        "pin_uses": uses,
        "cancelled": False,
    }
