"""Stores made by the programs of their time say today what they said then, and work goes on in them."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.dossier.views import RowQuery
from desktop.store.database import Database
from desktop.store.keys import unlock
from desktop.store.store import DATABASE, KEYS, Store
from desktop.store.upgrade import STEPS
from tests.contract.store_kit import NOW, PASSWORD

GOLDEN = Path(__file__).parents[1] / "data" / "golden"
VERSIONS = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())


@pytest.fixture(params=VERSIONS, scope="module")
def golden(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give the store as today's program opens it."""
    folder = tmp_path_factory.mktemp("golden") / "unit"
    shutil.copytree(GOLDEN / request.param, folder)
    with Database(folder / DATABASE, unlock(folder / KEYS, PASSWORD)) as database:
        assert database.value("PRAGMA user_version") == int(request.param)
    with Store.open(folder, PASSWORD) as store:
        yield store


def told(store: Store) -> dict[str, Any]:
    return dict(json.loads((store.folder / "told.json").read_text("utf-8")))


def states(store: Store) -> dict[str, str]:
    rows = store._database.rows("SELECT local_id, state FROM dossier_states")
    return {row["local_id"]: row["state"] for row in rows}


def test_every_released_step_has_one() -> None:
    assert [str(number) for number in range(1, len(STEPS))] == VERSIONS


def test_dossier_by_dossier(golden: Store) -> None:
    found, rows = states(golden), golden.projection.rows(RowQuery(limit=100))
    said = [[row.local_id, row.number, row.title, row.amount, found[row.local_id]] for row in rows]
    assert sorted(said) == sorted(told(golden)["rows"])


def test_balance_by_balance(golden: Store) -> None:
    lines = golden.estimates.all()
    said = [[one.budget_year, one.account, one.source, one.sector, one.given, one.used, one.held] for one in lines]
    assert said == told(golden)["balances"]


def test_journal_entry_by_entry(golden: Store) -> None:
    golden.journal.verify()
    entries = [[e.seq, e.at, e.actor, e.action, e.package_id, e.detail] for e in golden.journal.entries(10_000)]
    known = told(golden)["journal"]
    assert entries[-len(known) :] == known


def test_packages_and_queue(golden: Store) -> None:
    said = told(golden)
    for name, (package, digest) in said["packages"].items():
        sealed = golden.packages.get(package)
        assert (sealed.local_id, hashlib.sha256(sealed.core).hexdigest()) == (name, digest)
    assert [one.package_id for one in golden.outbox.due("2030-01-01T00:00:00Z")] == said["due"]


def test_attachments_and_the_full_check(golden: Store) -> None:
    for digest in told(golden)["attachments"]:
        assert hashlib.sha256(golden.attachments.open_bytes(digest)).hexdigest() == digest
    assert golden.checks.full() == ()


def test_work_goes_on(golden: Store) -> None:
    with golden.reopen() as store:
        store.submissions.add_signature("waiting", 2, b"manifest", b"cms", "thang", NOW)
        draft = store.drafts.get("draft").model_copy(update={"title": "Sửa sau khi nâng cấp"})
        store.drafts.save(draft, "hanh")
    assert states(golden)["waiting"] == "sealed"
    assert golden.drafts.get("draft").title == "Sửa sau khi nâng cấp"
    assert [row.local_id for row in golden.projection.rows(RowQuery(text="sau khi nang cap"))] == ["draft"]
