"""What a decision sets off, in the transaction that tells it: balances, grants, accounts, signers, the notice."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from desktop.dossier.dates import instant
from desktop.dossier.document import Dossier
from desktop.dossier.people import Unit
from desktop.sync.protocol import BalanceChange, DecisionKind
from gateway.books import BudgetKey, give, remaining, write_booking, write_move
from gateway.decisions import Verdict
from gateway.feed import next_seq, publish
from gateway.notices import refusal
from gateway.signers import change_signers
from gateway.statements import StatementKey


@dataclass(frozen=True)
class Ruled:
    """The package that was decided on: whose, which, under which mã số hồ sơ, and when."""

    unit: Unit
    package_id: str
    dossier: Dossier
    official_code: str
    key: StatementKey
    at: datetime


def take_effect(connection: sqlite3.Connection, ruled: Ruled, verdict: Verdict) -> None:
    """Book, open, close and tell everything that follows from a verdict."""
    package = (ruled.unit.code, ruled.package_id)
    for position, posting in enumerate(verdict.postings):
        write_booking(connection, package, position, posting, ruled.at)
    for line, delta in verdict.movements.items():
        write_move(connection, package, line, delta, ruled.at)
        _tell_balance(connection, ruled, line, delta=delta)
    for line, amount in verdict.grants.items():
        _tell_balance(connection, ruled, line, given=give(connection, ruled.unit.code, line, amount))
    _write_accounts(connection, ruled, verdict)
    if verdict.decision is DecisionKind.PAID:
        change_signers(connection, ruled.unit.code, ruled.dossier, ruled.at)
    if verdict.decision is DecisionKind.RETURNED:
        seq = next_seq(connection, ruled.unit.code)
        notice = refusal(connection, ruled, verdict.reason, seq)
        publish(connection, ruled.unit.code, ruled.key, notice)


def _write_accounts(connection: sqlite3.Connection, ruled: Ruled, verdict: Verdict) -> None:
    code, at = ruled.unit.code, instant(ruled.at)
    connection.executemany(
        "INSERT INTO account (unit_code, account, opened_at) VALUES (?, ?, ?)",
        [(code, account, at) for account in verdict.opened],
    )
    connection.executemany(
        "INSERT INTO account (unit_code, account, closed_at) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET closed_at = excluded.closed_at",
        [(code, account, at) for account in verdict.closed],
    )


def _tell_balance(
    connection: sqlite3.Connection, ruled: Ruled, line: BudgetKey, delta: int = 0, given: int | None = None
) -> None:
    event = BalanceChange(
        seq=next_seq(connection, ruled.unit.code),
        at=instant(ruled.at),
        package_id=ruled.package_id,
        budget_year=line.budget_year,
        account=line.account,
        source=line.source,
        sector=line.sector,
        delta=delta,
        remaining=remaining(connection, ruled.unit.code, line),
        given=given,
    )
    publish(connection, ruled.unit.code, ruled.key, event)
