"""Proofs that the voucher reader works as a stream: it stops at the first bad element and never reads on."""

import io

import pytest

from desktop.exchange.bean_reader import read_bean
from desktop.exchange.beans import Bean, Timestamp
from desktop.exchange.errors import DvcError
from desktop.exchange.limits import MAX_DVC_XML
from tests.unit.exchange.vouchers import C202A, HEADER, LINE_C202, voucher, wrapped


class Endless(io.RawIOBase):
    """A head, then the same bytes for ever; counts what was asked of it."""

    def __init__(self, head: bytes, body: bytes) -> None:
        super().__init__()
        self._head = head
        self._body = body
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        answer = self._head or self._body * (size // len(self._body))
        self._head = b""
        self.given += len(answer)
        return answer


def code_of(stream: Endless) -> str:
    with pytest.raises(DvcError) as caught:
        read_bean(stream)
    return caught.value.code


def test_the_plain_shape_of_a_voucher() -> None:
    bean = read_bean(io.BytesIO(voucher(C202A, [LINE_C202])))
    assert bean.properties["soChungTu"] == "RDT0012"
    assert bean.properties["ngayChungTu"] == Timestamp(1_781_542_800_000)
    (line,) = bean.properties["gnHosoC202GtByGnHosoC202"]
    assert isinstance(line, Bean)
    assert line.properties["noiDung"] == "Tiền điện"


def test_an_empty_property_and_an_empty_instant() -> None:
    instant = '<object class="java.sql.Timestamp"><long></long></object>'
    content = wrapped(f'<object class="{HEADER}"><void property="a"/><void property="b">{instant}</void></object>')
    assert read_bean(io.BytesIO(content)).properties == {"a": None, "b": Timestamp(None)}


def test_a_bad_element_ends_the_reading() -> None:
    stream = Endless(wrapped('<object class="java.lang.Runtime">')[:-7], b"<x/>" * 1_000)
    assert code_of(stream) == "foreign_class"
    assert stream.given < 1_000


@pytest.mark.parametrize("body", [b"<!-- -->", b"stray text ", b"\n"])
def test_a_file_without_end_is_cut_off(body: bytes) -> None:
    stream = Endless(wrapped(f'<object class="{HEADER}">')[:-7], body)
    assert code_of(stream) == "too_large"
    assert stream.given < MAX_DVC_XML + (1 << 17)


def test_a_value_without_end_is_cut_off_at_once() -> None:
    stream = Endless(wrapped(f'<object class="{HEADER}"><void property="a"><string>')[:-7], b"a" * 1_000)
    assert code_of(stream) == "too_large"
    assert stream.given < 1 << 18


def test_a_property_too_many() -> None:
    properties = "".join(f'<void property="p{number}"/>' for number in range(200_001))
    with pytest.raises(DvcError) as caught:
        read_bean(io.BytesIO(wrapped(f'<object class="{HEADER}">{properties}</object>')))
    assert caught.value.code == "too_large"
