"""Ways a gateway, or whoever stands in its place, can answer wrongly."""

from __future__ import annotations

from desktop.signing.device import DeviceKey
from desktop.sync.framing import unpack_batch
from desktop.sync.protocol import BatchAnswer, Outcome, OutcomeKind, Receipt
from tests.toyserver.server import Handler, Trick
from tests.toyserver.treasury import signed


def answer_with(status: int, body: bytes, **headers: str) -> Trick:
    """Read the request, then answer with these bytes; underscores in header names become hyphens."""

    def play(handler: Handler) -> bool:
        handler.body()
        handler.send_raw(status, body, {name.replace("_", "-"): value for name, value in headers.items()})
        return True

    return play


def error(status: int, code: str, **more: object) -> Trick:
    """Answer with an ErrorBody."""

    def play(handler: Handler) -> bool:
        handler.send_error_body(status, code, **more)
        return True

    return play


HTML = answer_with(200, b"<html>login</html>", Content_Type="text/html")
REDIRECT = answer_with(302, b"", Location="https://example.invalid/login")
CUT_JSON = answer_with(200, b'{"outcomes": [', Content_Type="application/json")
EMPTY_LIST = answer_with(200, b'{"outcomes": []}', Content_Type="application/json")
COMPRESSED = answer_with(200, b"x", Content_Type="application/json", Content_Encoding="gzip")


def endless(handler: Handler) -> bool:
    """Answer with a body that does not end."""
    handler.body()
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(10**12))
    handler.end_headers()
    while not handler.toy.over.is_set():
        handler.wfile.write(b" " * 65536)
    return handler.kill()


def trickle(handler: Handler) -> bool:
    """Send a header line by line, slowly, for ever."""
    handler.body()
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not handler.toy.over.wait(0.1):
        handler.wfile.write(b"X-Wait: 1\r\n")
    return handler.kill()


def silence(handler: Handler) -> bool:
    """Read the request and never answer."""
    handler.body()
    handler.toy.over.wait(20)
    return handler.kill()


def drop(handler: Handler) -> bool:
    """Cut the connection before the request's body is read."""
    return handler.kill()


def commit_then_drop(handler: Handler) -> bool:
    """Take the packages, then cut the connection: the answer is lost."""
    for package_id, core in unpack_batch(handler.body()):
        handler.toy.treasury.take(package_id, core)
    return handler.kill()


def die_after(size: int) -> Trick:
    """Store the first `size` bytes of a part's chunk, then cut the connection."""

    def play(handler: Handler) -> bool:
        digest = handler.path.rpartition("/")[2]
        handler.toy.treasury.parts.setdefault(digest, bytearray()).extend(handler.rfile.read(size))
        return handler.kill()

    return play


def outcomes(kind: OutcomeKind, **more: object) -> Trick:
    """Give every package of a batch the same outcome, storing nothing."""

    def play(handler: Handler) -> bool:
        ids = [package_id for package_id, _ in unpack_batch(handler.body())]
        made = [Outcome.model_validate({"package_id": package_id, "kind": kind, **more}) for package_id in ids]
        handler.send_model(BatchAnswer(outcomes=made))
        return True

    return play


def _with_receipt(handler: Handler, other_id: bool, key: DeviceKey | None, context: str) -> bool:
    treasury = handler.toy.treasury
    made = []
    for package_id, core in unpack_batch(handler.body()):
        treasury.take(package_id, core)
        receipt = treasury.receipt(package_id)
        if other_id or key or context != "receipt":
            content = _receipt_model(receipt.payload, other_id)
            receipt = signed(key or treasury.key, content, context)
        made.append(Outcome(package_id=package_id, kind=OutcomeKind.ACCEPTED, receipt=receipt))
    handler.send_model(BatchAnswer(outcomes=made))
    return True


def _receipt_model(payload: str, other_id: bool) -> Receipt:
    receipt = Receipt.model_validate_json(payload)
    return receipt.model_copy(update={"package_id": "f" * 64}) if other_id else receipt


def receipt_of_another(handler: Handler) -> bool:
    """Store the packages but sign receipts for another id."""
    return _with_receipt(handler, other_id=True, key=None, context="receipt")


def receipt_of_a_stranger(handler: Handler) -> bool:
    """Store the packages but sign receipts with an unknown key."""
    return _with_receipt(handler, other_id=False, key=DeviceKey.generate(), context="receipt")


def receipt_as_event(handler: Handler) -> bool:
    """Store the packages but sign receipts in the wrong context."""
    return _with_receipt(handler, other_id=False, key=None, context="event")
