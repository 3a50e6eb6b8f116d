"""Other authorities are asked over plain HTTP: bounded, continued where possible, and never led to another host."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from desktop.sync.elsewhere import Download, Elsewhere, Fetched
from desktop.sync.faults import Fault, WireError
from desktop.sync.tls import Meter

FILE = bytes(range(256)) * 400
"""A file of 100 KB."""


@dataclass
class Server:
    """A real HTTP server that answers as each test says."""

    answer: Callable[[http.server.BaseHTTPRequestHandler], None] = lambda _: None
    seen: list[dict[str, str]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/g1.crl"


@pytest.fixture
def server() -> Iterator[Server]:
    known = Server()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known.seen.append({name.lower(): value for name, value in self.headers.items()})
            known.answer(self)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Say nothing on the error output."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        known.port = listening.server_address[1]
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield known
        listening.shutdown()
        thread.join()


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    client = Elsewhere()
    yield client
    client.close()


@dataclass
class Kept:
    """What a download gave; `begun` are the versions it began with."""

    content: bytearray = field(default_factory=bytearray)
    begun: list[str] = field(default_factory=list)

    def download(self, mark: str = "", part: str = "") -> Download:
        return Download(mark, part, len(self.content), self._begin, self._keep)

    def _begin(self, mark: str) -> None:
        self.content.clear()
        self.begun.append(mark)

    def _keep(self, offset: int, piece: bytes) -> None:
        assert offset == len(self.content)
        self.content += piece


def reply(status: int, body: bytes = b"", **headers: str) -> Callable[[http.server.BaseHTTPRequestHandler], None]:
    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"content_length": str(len(body)), **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def go_on() -> bool:
    return True


def test_a_file_comes_whole_and_the_next_time_nothing(server: Server, elsewhere: Elsewhere) -> None:
    kept = Kept()
    server.answer = reply(200, FILE, etag='"v1"')
    assert elsewhere.fetch(server.url, kept.download(), 10**6, go_on) == Fetched("new", '"v1"')
    assert (bytes(kept.content), kept.begun) == (FILE, ['"v1"'])
    server.answer = reply(304)
    assert elsewhere.fetch(server.url, Kept().download(mark='"v1"'), 10**6, go_on) == Fetched("same", '"v1"')
    assert server.seen[-1]["if-none-match"] == '"v1"'


def test_a_broken_download_goes_on_where_it_stopped(server: Server, elsewhere: Elsewhere) -> None:
    kept = Kept()
    server.answer = reply(200, FILE[:50_000], etag='"v1"', content_length=str(len(FILE)))
    with pytest.raises(WireError) as died:
        elsewhere.fetch(server.url, kept.download(), 10**6, go_on)
    assert died.value.fault is Fault.LINK_DIED
    held = len(kept.content)
    rest = f"bytes {held}-{len(FILE) - 1}/{len(FILE)}"
    server.answer = reply(206, FILE[held:], etag='"v1"', content_range=rest)
    assert elsewhere.fetch(server.url, kept.download(part='"v1"'), 10**6, go_on).state == "new"
    assert (bytes(kept.content), kept.begun) == (FILE, ['"v1"'])
    assert (server.seen[-1]["range"], server.seen[-1]["if-range"]) == (f"bytes={held}-", '"v1"')


def test_another_version_begins_anew(server: Server, elsewhere: Elsewhere) -> None:
    kept = Kept(bytearray(b"old"))
    server.answer = reply(200, FILE, last_modified="Fri, 20 Nov 2026 03:00:00 GMT")
    assert elsewhere.fetch(server.url, kept.download(part='"v1"'), 10**6, go_on).mark.startswith("Fri")
    assert bytes(kept.content) == FILE


def test_a_download_stops_when_the_line_is_wanted(server: Server, elsewhere: Elsewhere) -> None:
    server.answer = reply(200, FILE)
    kept = Kept()
    assert elsewhere.fetch(server.url, kept.download(), 10**6, lambda: not kept.content).state == "stopped"
    assert 0 < len(kept.content) < len(FILE)


def to(location: str) -> Callable[[http.server.BaseHTTPRequestHandler], None]:
    return reply(302, location=location)


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (reply(200, b"<html>", content_type="text/html; charset=utf-8"), Fault.CAPTIVE),
        (to("http://portal.example/login"), Fault.CAPTIVE),
        (to("/g1.crl"), Fault.PROTOCOL),
        (to("ftp://127.0.0.1/x"), Fault.CAPTIVE),
        (reply(200, FILE * 11), Fault.PROTOCOL),
        (reply(404), Fault.REFUSED),
        (reply(503), Fault.SERVER_BUSY),
        (reply(206, b"x", content_range="bytes 9-9/10"), Fault.REFUSED),
    ],
)
def test_what_is_no_file_is_refused(
    server: Server, elsewhere: Elsewhere, answer: Callable[[http.server.BaseHTTPRequestHandler], None], fault: Fault
) -> None:
    server.answer = answer
    with pytest.raises(WireError) as refused:
        elsewhere.fetch(server.url, Kept().download(), 10**6, go_on)
    assert refused.value.fault is fault


def test_a_redirect_within_the_host_is_followed(server: Server, elsewhere: Elsewhere) -> None:
    answers = iter([to("/moved.crl"), reply(200, b"list")])
    server.answer = lambda request: next(answers)(request)
    kept = Kept()
    assert elsewhere.fetch(server.url, kept.download(), 10, go_on).state == "new"
    assert kept.content == b"list"


def test_nobody_there_is_offline_and_no_address_is_told(elsewhere: Elsewhere) -> None:
    with pytest.raises(WireError) as gone:
        elsewhere.fetch("http://127.0.0.1:1/x", Kept().download(), 10, go_on)
    assert gone.value.fault is Fault.OFFLINE
    with pytest.raises(WireError) as odd:
        elsewhere.fetch("http://[::x/", Kept().download(), 10, go_on)
    assert odd.value.fault is Fault.PROTOCOL


def test_only_a_time_stamp_answers_a_time_stamp_request(server: Server, elsewhere: Elsewhere) -> None:
    server.answer = reply(200, b"token", content_type="application/timestamp-reply")
    assert elsewhere.time_stamp(server.url, b"query") == b"token"
    assert server.seen[-1]["content-type"] == "application/timestamp-query"
    server.answer = reply(200, b"<html>", content_type="text/html")
    with pytest.raises(WireError) as portal:
        elsewhere.time_stamp(server.url, b"query")
    assert portal.value.fault is Fault.CAPTIVE


def trickle(request: http.server.BaseHTTPRequestHandler, head: bytes) -> None:
    """A few bytes at a time, for ever: no single read ever waits long."""
    try:
        request.wfile.write(head)
        while True:
            request.wfile.write(b"x")
            threading.Event().wait(0.02)
    except OSError:
        request.close_connection = True


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nX-Long: ",
        b"HTTP/1.1 200 OK\r\ncontent-type: application/timestamp-reply\r\ncontent-length: 99999\r\n\r\n",
    ],
    ids=["headers", "body"],
)
def test_a_trickle_is_ended_and_holds_nothing_up(server: Server, head: bytes) -> None:
    server.answer = lambda request: trickle(request, head)
    client = Elsewhere(whole=0.3)
    for ask in (
        lambda: client.time_stamp(server.url, b"query"),
        lambda: client.fetch(server.url, Kept().download(), 10**6, go_on),
    ):
        with pytest.raises(WireError) as ended:
            ask()
        assert ended.value.fault is Fault.LINK_DIED
    client.close()


def test_a_stopped_engine_leaves_other_authorities_at_once(server: Server) -> None:
    meter = Meter()
    server.answer = lambda request: (meter.cut(), trickle(request, b""))[1]
    client = Elsewhere(meter)
    for _ in range(2):
        with pytest.raises(WireError):
            client.time_stamp(server.url, b"query")
    assert len(server.seen) == 1
    client.close()
