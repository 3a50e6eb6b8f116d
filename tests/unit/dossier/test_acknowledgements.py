"""The digest of what a signer stood for: the same whatever the order, and docs/protocol.md is enough to make it."""

import hashlib

import pytest

from desktop.dossier.acknowledgements import PayeeStand, PayeeTold, acknowledged_digest

ONE = PayeeStand(account_key="3508207654321", name_key="sung thi po", kind="new")
TWO = PayeeStand(account_key="999988887777", name_key="mua a de", kind="changed")


def test_the_digest_is_of_the_canonical_sorted_list() -> None:
    listed = (
        '[{"account_key":"3508207654321","kind":"new","name_key":"sung thi po"},'
        '{"account_key":"999988887777","kind":"changed","name_key":"mua a de"}]'
    )
    wanted = hashlib.sha256(listed.encode()).digest()
    assert acknowledged_digest([TWO, ONE]) == acknowledged_digest([ONE, TWO]) == wanted
    assert acknowledged_digest([]) == b""


@pytest.mark.parametrize("change", [{"account_key": "1"}, {"name_key": "khac"}, {"kind": "changed"}])
def test_every_part_counts(change: dict[str, str]) -> None:
    assert acknowledged_digest([ONE.model_copy(update=change)]) != acknowledged_digest([ONE])


def test_a_sentence_of_another_machine_stays_on_its_line() -> None:
    told = PayeeTold(**ONE.model_dump(), text="Bưu điện:\n\n lần đầu.")
    assert told.said_by("MAY-1") == "Theo máy lập MAY-1: Bưu điện: lần đầu."
