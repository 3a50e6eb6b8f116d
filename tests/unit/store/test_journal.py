"""What an entry's hash is over never changes: it is RFC 8785, whatever people typed."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from desktop.dossier.canonical import canonical
from desktop.store.journal import START, Entry, Link

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.builds(Entry, st.integers(1, 2**53 - 1), TEXT, TEXT, TEXT, st.none() | TEXT, TEXT))
def test_the_hash_is_over_the_canonical_json_of_the_entry_and_the_hash_before(entry: Entry) -> None:
    written = canonical({**entry._asdict(), "previous": START})
    assert Link(entry, START, hashlib.sha256(written).hexdigest()).holds()
    assert not Link(entry, "1" * 64, hashlib.sha256(written).hexdigest()).holds()


def test_the_hash_of_the_first_version_still_holds() -> None:
    entry = Entry(1, "2026-11-23T03:00:00Z", "", "create", None, "1098765 «Đ»\n")
    assert Link(entry, START, "84d1c2f3384ad950be82986324607444c0e43cf95953384afcef865cdc02dfd5").holds()
