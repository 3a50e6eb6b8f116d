"""Says in short sentences what differs from the last time a payee or a list of payees was paid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from desktop.dossier.money import format_vnd
from desktop.dossier.payouts import Payout, by_key

NAMED = 3
"""So many payees are named in one sentence, those with most money first; of the others only the number is told."""

Key = tuple[str, str]


def amount_change(now: int, before: int) -> str:
    """Say by how much a sum rose or fell since last time: «Số tiền tăng 1.200.000 đ (8,3%), lần trước 14.400.000 đ.»"""
    if now == before:
        return f"Số tiền bằng lần trước: {format_vnd(before)} đ."
    word = "tăng" if now > before else "giảm"
    share = f" ({_percent(now, before)}%)" if before > 0 else ""
    return f"Số tiền {word} {format_vnd(abs(now - before))} đ{share}, lần trước {format_vnd(before)} đ."


def _percent(now: int, before: int) -> str:
    """Tenths of a percent, rounded half up, without floats."""
    tenths = (abs(now - before) * 2_000 + before) // (2 * before)
    return f"{tenths // 10},{tenths % 10}" if tenths % 10 else str(tenths // 10)


def payee_changes(now: Sequence[Payout], before: Sequence[Payout]) -> tuple[str, ...]:
    """Say who came, who went, whose account and whose amount changed; for one payee only the account can."""
    mine, its = by_key(list(now)), by_key(list(before))
    moved = _moved(mine, its)
    if len(mine) == len(its) == 1:
        return tuple(_one(*pair) for pair in moved)
    ends = {payout.key for pair in moved for payout in pair}
    came = [payout for key, payout in mine.items() if key not in its and key not in ends]
    left = [payout for key, payout in its.items() if key not in mine and key not in ends]
    kept = [(its[key], payout) for key, payout in mine.items() if key in its]
    other = [(old, new) for old, new in [*kept, *moved] if old.amount != new.amount]
    return tuple(_sentences(came, left, moved, other))


def _moved(mine: Mapping[Key, Payout], its: Mapping[Key, Payout]) -> list[tuple[Payout, Payout]]:
    """Pair those who are paid under the same name on another account; a name that stands twice pairs with none."""
    free: dict[str, list[Payout]] = {}
    for key, payout in its.items():
        if key not in mine:
            free.setdefault(key[1], []).append(payout)
    new: dict[str, list[Payout]] = {}
    for key, payout in mine.items():
        if key not in its:
            new.setdefault(key[1], []).append(payout)
    return [(free[name][0], found[0]) for name, found in new.items() if len(found) == len(free.get(name, ())) == 1]


def _one(old: Payout, new: Payout) -> str:
    return f"{new.name} đổi tài khoản: lần trước {old.account}, nay {new.account}."


def _sentences(
    came: Sequence[Payout],
    left: Sequence[Payout],
    moved: Sequence[tuple[Payout, Payout]],
    other: Sequence[tuple[Payout, Payout]],
) -> Iterator[str]:
    if came:
        yield f"Thêm {len(came)} người: {_some(_largest(came))}."
    if left:
        yield f"Bớt {len(left)} người: {_some(_largest(left))}."
    if moved:
        words = [f"{new.name} từ {old.account} sang {new.account}" for old, new in moved]
        yield f"Đổi tài khoản {len(moved)} người: {_some(words)}."
    if other:
        apart = sorted(other, key=lambda pair: -abs(pair[1].amount - pair[0].amount))
        yield f"Đổi số tiền {len(other)} người, nhiều nhất: {_some([_difference(*pair) for pair in apart])}."


def _difference(old: Payout, new: Payout) -> str:
    word = "tăng" if new.amount > old.amount else "giảm"
    return f"{new.name} {word} {format_vnd(abs(new.amount - old.amount))} đ"


def _largest(paid: Iterable[Payout]) -> list[str]:
    ordered = sorted(paid, key=lambda payout: -payout.amount)
    return [f"{payout.name} {format_vnd(payout.amount)} đ" if payout.amount else payout.name for payout in ordered]


def _some(words: Sequence[str]) -> str:
    more = len(words) - NAMED
    return ", ".join(words[:NAMED]) + (f" và {more} người khác" if more > 0 else "")
