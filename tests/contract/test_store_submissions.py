"""From «Trình ký» to the sealed package: frozen bytes, one signature a step, one package a dossier."""

import pytest

from desktop.dossier.lifecycle import State
from desktop.store.errors import FactError, StoreError
from desktop.store.store import Store
from tests.contract.store_kit import NOW, Bytes, dossier, objects, package_id, part_bytes, seal, sign, steps, submit


def test_frozen_bytes_come_back_exactly(store: Store) -> None:
    submit(store, big=20_000)
    frozen = store.submissions.get("d1")
    assert [(item.name, item.media_type, item.content) for item in frozen.objects] == [
        (item.name, item.media_type, item.content) for item in objects("d1", 20_000)
    ]
    assert frozen.steps == tuple(steps("tuyen", "thang"))
    assert [info.sha256 for info in store.submissions.infos("d1")] == [item.sha256 for item in frozen.objects]


def test_attachment_is_referred_to_not_copied(store: Store, folder: object) -> None:
    scan = b"%PDF-1.7 " + bytes(300_000)
    kept = store.attachments.add(scan, "quét.pdf")
    store.drafts.save(dossier(), "hanh")
    store.submissions.freeze(
        "d1", [*objects(), Bytes("attachments/01-x.pdf", kept.media_type, scan)], steps("tuyen"), "hanh"
    )
    assert store.submissions.get("d1").objects[-1].content == scan
    assert store._database.value("SELECT max(length(content)) FROM submission_objects") < 1000


def test_each_person_sees_what_is_theirs_next(store: Store) -> None:
    submit(store, "d1")
    submit(store, "d2", signers=("thang",))
    assert (store.submissions.to_sign("tuyen"), store.submissions.to_sign("thang")) == (["d1"], ["d2"])
    sign(store, "d1", "tuyen")
    assert (store.submissions.to_sign("tuyen"), store.submissions.to_sign("thang")) == ([], ["d1", "d2"])


@pytest.mark.parametrize(("order", "person"), [(2, "thang"), (1, "thang"), (2, "tuyen"), (3, "tuyen"), (0, "tuyen")])
def test_only_the_next_step_by_its_person(store: Store, order: int, person: str) -> None:
    submit(store)
    with pytest.raises(FactError) as error:
        store.submissions.add_signature("d1", order, b"m", b"c", person, NOW)
    assert error.value.code == "not_your_turn"
    assert store.submissions.get("d1").signatures == ()


def test_nobody_signs_twice(store: Store) -> None:
    submit(store)
    sign(store)
    assert store.submissions.get("d1").complete
    assert store.submissions.signed_at("d1") == {1: NOW, 2: NOW}
    with pytest.raises(FactError):
        store.submissions.add_signature("d1", 2, b"m", b"c", "thang", NOW)


def test_withdrawn_dossier_is_a_draft_again_and_its_signatures_lapse(store: Store) -> None:
    submit(store)
    sign(store, "d1", "tuyen")
    store.submissions.withdraw("d1", "hanh")
    assert store.projection.row("d1").status.state is State.DRAFT
    assert store.submissions.to_sign("thang") == []
    submit(store, title="Sửa lại")
    assert store.submissions.get("d1").signatures == ()


@pytest.mark.parametrize("call", ["get", "withdraw"])
def test_draft_has_no_submission(store: Store, call: str) -> None:
    store.drafts.save(dossier(), "hanh")
    with pytest.raises(StoreError) as error:
        store.submissions.get("d1") if call == "get" else store.submissions.withdraw("d1", "hanh")
    assert error.value.code == "not_found"


def test_submitting_twice_is_refused(store: Store) -> None:
    submit(store)
    with pytest.raises(FactError) as error:
        store.submissions.freeze("d1", objects(), steps("tuyen"), "hanh")
    assert error.value.code == "draft_frozen"


def test_sealing_queues_in_the_same_breath(store: Store) -> None:
    package = seal(store, big=20_000)
    sealed = store.packages.get(package)
    assert store.packages.by_local("d1") == sealed
    assert (sealed.core, [size for _, size in sealed.parts]) == (b"core", [20_000])
    assert [item.package_id for item in store.outbox.due(NOW)] == [package]
    assert store.outbox.core(package) == b"core"
    assert store.outbox.part(sealed.parts[0][0], 19_990, 64) == part_bytes("d1", 20_000)[-10:]


def test_sealing_again_changes_nothing(store: Store) -> None:
    package = seal(store)
    store.packages.seal("d1", package, b"other core", [])
    assert store.packages.get(package).core == b"core"


def unsigned(store: Store) -> None:
    store.packages.seal("d1", package_id("d1"), b"core", [])


def other_id(store: Store) -> None:
    sign(store)
    unsigned(store)
    store.packages.seal("d1", package_id("d9"), b"core", [])


def foreign_part(store: Store) -> None:
    sign(store)
    store.packages.seal("d1", package_id("d1"), b"core", [("f" * 64, 9)])


def withdrawn_late(store: Store) -> None:
    sign(store)
    unsigned(store)
    store.submissions.withdraw("d1", "hanh")


def cancelled_late(store: Store) -> None:
    sign(store)
    unsigned(store)
    store.outbox.mark_sending([package_id("d1")], NOW)
    store.packages.cancel("d1", "hanh", "nhầm")


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (unsigned, "not_complete"),
        (other_id, "other_package"),
        (foreign_part, "part_missing"),
        (withdrawn_late, "already_sealed"),
        (cancelled_late, "already_sent"),
    ],
)
def test_steps_the_facts_do_not_allow(store: Store, step: object, code: str) -> None:
    submit(store)
    with pytest.raises(FactError) as error:
        step(store)  # type: ignore[operator]
    assert error.value.code == code


def test_cancelled_package_is_never_due(store: Store) -> None:
    package = seal(store)
    store.packages.cancel("d1", "hanh", "gửi nhầm")
    assert store.outbox.due(NOW) == []
    assert store.projection.row("d1").status.state is State.CANCELLED
    assert store.packages.receipt(package) is None
