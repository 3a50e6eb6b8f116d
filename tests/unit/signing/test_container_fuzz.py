"""Whatever a file holds, reading it ends in a package or in one of our errors."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.signing.asice import Package, package_id, read, write
from desktop.signing.errors import ContainerError

CHANGES = st.lists(st.tuples(st.integers(0, 1 << 30), st.binary(min_size=1, max_size=6)), min_size=1, max_size=4)
RELAXED = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _read(data: bytes) -> Package | None:
    try:
        return read(data)
    except ContainerError:
        return None


@RELAXED
@given(CHANGES)
def test_a_patched_package_is_read_or_refused(small_package: Package, changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(write(small_package))
    for place, content in changes:
        start = place % len(data)
        data[start : start + len(content)] = content
    found = _read(bytes(data))
    if found == small_package:
        assert package_id(found) == package_id(small_package)


@RELAXED
@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_are_read_or_refused(data: bytes, start_like_a_zip: bool) -> None:
    found = _read(b"PK\x03\x04" + data if start_like_a_zip else data)
    assert found is None


@RELAXED
@given(st.data())
def test_a_cut_and_pasted_package_is_read_or_refused(small_package: Package, data: st.DataObject) -> None:
    whole = write(small_package)
    cut = data.draw(st.integers(0, len(whole)))
    paste = data.draw(st.integers(0, len(whole)))
    found = _read(whole[:cut] + whole[paste:])
    assert (found == small_package) == (cut == paste)
