"""Facts cannot be changed by any statement, and the journal shows it when someone removes the guards first."""

from contextlib import suppress
from pathlib import Path

import pytest

from desktop.store.errors import FactError, StoreError
from desktop.store.journal import JournalBroken
from desktop.store.seals import Sealing
from desktop.store.store import Store
from tests.contract.store_kit import NOW, balance, decision, deliver, dossier, objects, raw, seal, steps, voucher

FACTS = [
    *("attachments", "submissions", "vouchers", "submission_objects", "submission_steps", "postings", "signatures"),
    *("withdrawals", "packages", "package_parts", "outbox", "cancellations", "wishes", "attempts", "receipts"),
    *("feed_events", "journal", "payments", "declarations", "payee_acknowledgements"),
    *("journal_seals", "journal_countersigns"),
]


@pytest.fixture
def full(store: Store, folder: Path) -> Path:
    """A store in which every fact table has a row."""
    attached = store.attachments.add(b"%PDF-1.7 x", "a.pdf")
    package = seal(store, "d1", big=20_000)
    deliver(store, package)
    store.feed.apply_page([decision(1, package, "paid"), balance(2, package, -5)], 2)
    seal(store, "d2")
    store.packages.cancel("d2", "hanh", "nhầm")
    store.deliveries.pause()
    numbered = voucher(document_no="RDT1", payee_account="3500201000123", contract_no="12/HĐ")
    store.drafts.save(dossier("d3").model_copy(update={"documents": (numbered,), "attachments": (attached,)}), "hanh")
    store.submissions.freeze("d3", objects("d3"), steps("tuyen"), "hanh")
    store.submissions.withdraw("d3", "hanh")
    store.payees.acknowledge("3500201000123", "Điện lực Mường Lát", "hanh", NOW)
    store.seals.keep(store.seals.seal("asked", Sealing("1098765", "m1", "k", lambda _: "s")).seal_id, "{}", b"{}")
    return folder


@pytest.mark.parametrize("table", FACTS)
@pytest.mark.parametrize("statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_no_statement_changes_a_fact(full: Path, table: str, statement: str) -> None:
    with raw(full) as database:
        row = database.one(f"SELECT * FROM {table}")
        assert row is not None
        with pytest.raises(FactError) as error, database.transaction():
            database.run(statement.format(table, row.keys()[0]))
    assert error.value.code == "fact_immutable"


@pytest.mark.parametrize("table", FACTS)
def test_replacing_a_fact_changes_nothing_either(full: Path, table: str) -> None:
    with raw(full) as database:
        before = [tuple(row) for row in database.rows(f"SELECT * FROM {table}")]
        names = database.one(f"SELECT * FROM {table}").keys()
        changed = ", ".join([*names[:-1], f"{names[-1]} || '1'"])
        with suppress(StoreError), database.transaction():
            database.run(f"INSERT OR REPLACE INTO {table} SELECT {changed} FROM {table}")
        assert [tuple(row) for row in database.rows(f"SELECT * FROM {table}")] == before


def tamper(folder: Path, *statements: str) -> None:
    with raw(folder) as database, database.transaction():
        database.run("DROP TRIGGER journal_no_update")
        database.run("DROP TRIGGER journal_no_delete")
        for statement in statements:
            database.run(statement)


def test_untouched_journal_verifies(full: Path, store: Store) -> None:
    store.journal.verify()
    assert [entry.seq for entry in store.journal.entries(limit=3)] == [
        len(store.journal.entries()) - n for n in range(3)
    ]


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("UPDATE journal SET actor = 'khac' WHERE seq = 3", 3),
        ("UPDATE journal SET package_id = NULL WHERE seq = 5", 5),
        ("DELETE FROM journal WHERE seq = 4", 4),
        ("DELETE FROM journal WHERE seq = 1", 1),
    ],
)
def test_edit_or_gap_in_the_journal_shows(full: Path, store: Store, statement: str, seq: int) -> None:
    tamper(full, statement)
    with pytest.raises(JournalBroken) as error:
        store.journal.verify()
    assert error.value.seq == seq


def test_cut_end_of_the_journal_shows(full: Path, store: Store) -> None:
    last = store.journal.entries(limit=1)[0].seq
    tamper(full, f"DELETE FROM journal WHERE seq = {last}")
    with pytest.raises(JournalBroken) as error:
        store.journal.verify()
    assert error.value.seq == last


def test_two_connections_share_one_chain(store: Store) -> None:
    with store.reopen() as second:
        for number in range(10):
            (store if number % 2 else second).journal.append("hanh", "note", None, str(number))
    store.journal.verify()
    assert [entry.detail for entry in store.journal.entries(limit=10)] == [str(9 - n) for n in range(10)]
