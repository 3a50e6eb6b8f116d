"""Answers what the rules ask about the past, from the dossiers in the store (desktop.dossier.ledger.Ledger).

What takes money counts from «Trình ký»; what gives it back counts only once the Treasury decided; an advance is open
only once it was paid. So no answer is better than what will come.
"""

from __future__ import annotations

from desktop.dossier.ledger import ContractFacts, OpenAdvance, PayeeFacts, ProjectFacts
from desktop.dossier.payees import account_key
from desktop.dossier.people import Unit
from desktop.dossier.vouchers import same_number
from desktop.store.advances import open_ones
from desktop.store.database import Database, Row
from desktop.store.estimates import balance_left, line_left
from desktop.store.payees import KnownPayees
from desktop.store.projects import project_facts
from desktop.store.standing import COMMITTED, CONFIRMED, POSTED, Without

_ADVANCES = f"""
SELECT * {POSTED} AND kind = 'advance'
    AND (amount > 0 AND {CONFIRMED} OR amount < 0 AND standing != 'released')
    AND (:account = '' OR account = :account) AND (:source = '' OR source = :source)
ORDER BY submission_id, position
"""
_DECLARED = """
SELECT d.* FROM declarations d JOIN submission_standing s USING (submission_id)
WHERE s.local_id != :exclude AND s.package_id IS NOT :replaces AND d.kind = :kind
    AND (:subject = '' OR d.subject = :subject) AND (:period = '' OR d.period = :period)
    AND (s.standing = 'paid' OR s.standing = 'held' AND :held)
    AND d.accepted = EXISTS (SELECT 1 FROM accepted_submissions a WHERE a.submission_id = d.submission_id)
ORDER BY d.submission_id DESC, d.position DESC
"""
_NUMBER_PAID = """
SELECT 1 FROM vouchers v JOIN submission_standing s USING (submission_id)
WHERE v.document_no = :number AND s.standing = 'paid' AND s.local_id != :exclude AND s.package_id IS NOT :replaces
"""


class StoreLedger:
    """The unit's book without one dossier and what it replaces; desktop.dossier.ledger tells what each answer means."""

    def __init__(self, database: Database, exclude: str, replaces: str) -> None:
        self._database = database
        self._without = Without(exclude=exclude, replaces=replaces)
        self._payees = KnownPayees(database, self._without)

    def remaining(self, budget_year: int, account: str, source: str, sector: str) -> int | None:
        """VND still free on an estimate line; None when the unit loaded no such line."""
        return line_left(self._database, (budget_year, account, source, sector), self._without)

    def balance_of(self, account: str) -> int | None:
        """VND on a deposit account over all its sources; None when the unit loaded no line of it."""
        return balance_left(self._database, account, self._without)

    def paid_to_date(self, contract_no: str) -> int:
        """VND paid or held under a contract or decision."""
        return self._under_contract("", contract_no)

    def advanced_to_date(self, contract_no: str) -> int:
        """VND advanced, or held to be, under a contract."""
        return self._under_contract("AND kind = 'advance'", contract_no)

    def contract(self, contract_no: str) -> ContractFacts | None:
        """The newest total, party and date that vouchers of this contract declared."""
        number = same_number(contract_no)
        rows = self._declared("contract", number, held=True) if number else []
        return ContractFacts(
            next((int(row["amount"]) for row in rows if row["amount"]), 0),
            next((str(row["party"]) for row in rows if row["party"]), ""),
            next((str(row["period"]) for row in rows if row["period"]), ""),
        ) if rows else None  # fmt: skip

    def advance_balance(self, account: str, source: str) -> int | None:
        """VND advanced from an account and source and not yet settled, None when nothing was ever advanced."""
        rows = self._advances(account, source)
        return sum(row["amount"] for row in rows) if any(row["amount"] > 0 for row in rows) else None

    def open_advances(self, account: str = "", source: str = "") -> tuple[OpenAdvance, ...]:
        """Each advance with what is left of it; see desktop.store.advances for what settles which."""
        return open_ones(self._advances(account, source))

    def spent(self, budget_year: int, account: str, econ: str, chapter: str, sector: str, source: str) -> int | None:
        """VND paid or advanced under these codes, "" for any; a settlement moves it between the items it names."""
        codes = {"account": account, "econ": econ, "chapter": chapter, "sector": sector, "source": source}
        wanted = {name: code for name, code in codes.items() if code}
        where = "".join(f" AND {name} = :{name}" for name in wanted)
        sql = f"SELECT sum(amount) {POSTED} AND {CONFIRMED} AND budget_year = :year{where}"
        found = self._database.value(sql, {**self._without, **wanted, "year": budget_year})
        return None if found is None else int(found)

    def posted(self, document_no: str) -> bool:
        """Whether the Treasury paid a voucher of this number; case and spaces do not count."""
        number = {"number": same_number(document_no)}
        return self._database.value(_NUMBER_PAID, {**self._without, **number}) is not None

    def accepted_provisional(self, budget_year: int) -> bool:
        """Whether the Treasury accepted a Mẫu 22 of this year."""
        return bool(self._declared("provisional", period=str(budget_year)))

    def first_of_year(self, budget_year: int, account: str) -> bool:
        """Whether no dossier that stands drew on this account in the year."""
        sql = f"SELECT 1 {POSTED} AND standing != 'released' AND budget_year = :year AND account = :account LIMIT 1"
        return self._database.value(sql, {**self._without, "year": budget_year, "account": account}) is None

    def payee(self, account_no: str) -> PayeeFacts | None:
        """Who stands behind an account."""
        return self._payees.on(account_no)

    def payee_named(self, name: str) -> tuple[PayeeFacts, ...]:
        """Every account on which this name stands."""
        return self._payees.named(name)

    def closing(self, account: str, year: int, month: int) -> int | None:
        """VND at the end of a month by the newest Mẫu 32 that the Treasury confirmed."""
        key = account_key(account)
        rows = self._declared("closing", key, f"{year:04d}-{month:02d}") if key else []
        return int(rows[0]["amount"]) if rows else None

    def registered_accounts(self) -> tuple[str, ...] | None:
        """The unit's own two accounts and those of accepted Mẫu 24, without what an accepted Mẫu 25 closed."""
        body = self._database.value("SELECT body FROM unit WHERE id = 1")
        if body is None:
            return None
        unit = Unit.model_validate_json(body)
        opened = [row["subject"] for row in reversed(self._declared("account_opened"))]
        closed = {account_key(row["subject"]) for row in self._declared("account_closed")}
        accounts = {account_key(item): item for item in (unit.estimate_account, unit.deposit_account, *opened) if item}
        return tuple(account for key, account in accounts.items() if key not in closed)

    def project(self, project_code: str) -> ProjectFacts | None:
        """Where an investment project stands."""
        return project_facts(self._database, project_code, self._without) if project_code else None

    def _under_contract(self, more: str, contract_no: str) -> int:
        number = same_number(contract_no)
        if not number:
            return 0
        sql = f"SELECT {COMMITTED} {POSTED} AND cause = 'payment' AND contract_no = :contract {more}"
        return int(self._database.value(sql, {**self._without, "contract": number}) or 0)

    def _advances(self, account: str, source: str) -> list[Row]:
        return self._database.rows(_ADVANCES, {**self._without, "account": account, "source": source})

    def _declared(self, kind: str, subject: str = "", period: str = "", *, held: bool = False) -> list[Row]:
        asked = {"kind": kind, "subject": subject, "period": period, "held": held}
        return self._database.rows(_DECLARED, {**self._without, **asked})
