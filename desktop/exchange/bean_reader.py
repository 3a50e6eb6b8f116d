"""Reads voucher XML as a stream, so that a hostile file is stopped at its first bad element and never held whole."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import IO, NoReturn
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from desktop.exchange.bean_grammar import DocumentFrame, Frame
from desktop.exchange.beans import Bean
from desktop.exchange.errors import DvcError
from desktop.exchange.limits import MAX_DVC_XML, MAX_XML_DEPTH, MAX_XML_ELEMENTS

_CHUNK = 1 << 16
_BEAN_START = b"<java"


class _Target:
    """Passes the parser's events to the frame on top of the stack, and counts."""

    def __init__(self) -> None:
        self._document = DocumentFrame()
        self._stack: list[Frame] = [self._document]
        self._elements = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MAX_XML_ELEMENTS or len(self._stack) > MAX_XML_DEPTH:
            raise DvcError(
                "too_large", "Tệp XML quá lớn hoặc lồng quá sâu nên không được đọc. Hãy xuất lại từng chứng từ."
            )
        self._stack.append(self._stack[-1].child(tag, attributes))

    def end(self, _tag: str) -> None:
        self._stack.pop().close()

    def data(self, text: str) -> None:
        self._stack[-1].text(text)

    def pi(self, *_: object) -> NoReturn:
        raise DvcError(
            "instruction_forbidden", "Tệp XML có lệnh xử lý nên bị từ chối. Hãy xuất lại từ phần mềm kế toán."
        )

    def close(self) -> Bean | None:
        return self._document.bean


def read_bean(stream: IO[bytes]) -> Bean:
    """Read one voucher from UTF-8 XML with or without BOM.

    Raises DvcError: not_xml, not_utf8, truncated, entities_forbidden, instruction_forbidden, foreign_class,
    method_forbidden, reference_forbidden, duplicate_property, bad_structure, bad_value, too_large, not_dvc.
    """
    parser = DefusedXMLParser(target=_Target(), encoding="utf-8", forbid_dtd=True)
    head = b""
    try:
        for chunk in _chunks(stream):
            head = head or _utf8(chunk)
            parser.feed(chunk)
        bean = parser.close()
    except DefusedXmlException as cause:
        raise DvcError(
            "entities_forbidden", "Tệp XML có khai báo DTD hoặc thực thể nên bị từ chối. Hãy xuất lại tệp."
        ) from cause
    except ParseError as cause:
        raise _damaged(head) from cause
    if not isinstance(bean, Bean):
        raise DvcError("empty", "Tệp không có chứng từ nào. Hãy xuất lại chứng từ từ phần mềm kế toán.")
    return bean


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > MAX_DVC_XML:
            raise DvcError("too_large", "Tệp XML quá lớn nên không được đọc. Hãy kiểm tra lại đúng tệp cần nhập chưa.")
        yield chunk


def _utf8(head: bytes) -> bytes:
    """Give the start of a file back if it is UTF-8; the parser would guess, and a guess may read another name."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError as cause:
        message = "Tệp XML không ở dạng UTF-8 nên không được đọc. Hãy xuất lại từ phần mềm kế toán dạng UTF-8."
        raise DvcError("not_utf8", message) from cause
    return head


def _damaged(head: bytes) -> DvcError:
    if _BEAN_START in head:
        return DvcError("truncated", "Tệp XML bị cắt cụt hoặc hỏng. Hãy xuất hoặc chép lại tệp rồi nhập lại.")
    return DvcError("not_xml", "Tệp này không phải XML chứng từ. Hãy chọn tệp ZIP hoặc XML do phần mềm kế toán xuất.")
