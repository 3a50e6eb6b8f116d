"""Whom a unit trusts: newer takes the place of older, a stranger's is refused, people's roots are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.demo.pki import DemoPki
from desktop.desk import trust_keeping as keeping
from desktop.desk.trust_inbox import TrustInbox
from desktop.desk.trusting import unit_trust
from desktop.dossier.errors import VungXaError
from desktop.signing.crls import read_crl
from desktop.signing.device import DeviceKey
from desktop.signing.trust import Trust
from desktop.signing.trustlist import CrlOffer, TrustList, encoded, sign_list, write_file
from desktop.store.units import DeviceConfig
from desktop.sync.elsewhere import Download, Fetched
from desktop.sync.faults import Fault, WireError
from desktop.sync.pieces import GoOn
from desktop.sync.trust import TrustFetcher
from tests.unit.desk.kit import Clock, Office

TREASURY, STRANGER = DeviceKey.generate(), DeviceKey.generate()
KEYS = {TREASURY.key_id: TREASURY.public_b64}
NOW = datetime.now(UTC)


def statement(pki: DemoPki, version: int = 1, key: DeviceKey = TREASURY) -> str:
    told = Trust.load([pki.root_pem, pki.intermediate_pem])
    crls = [read_crl(path.read_bytes()) for path in (pki.crl, pki.root_crl)]
    offers = [
        CrlOffer(issuer=crl.issuer_name, sha256=crl.sha256, size=len(crl.der), this_update=crl.this_update)
        for crl in crls
    ]
    roots, above = encoded(told.roots), encoded(told.intermediates)
    made = TrustList(version=version, issued_at="2026-11-20T03:00:00Z", roots=roots, intermediates=above, crls=offers)
    return sign_list(made, key)


def code_of(error: pytest.ExceptionInfo[VungXaError]) -> str:
    return error.value.code


def test_an_older_list_and_one_of_a_stranger_change_nothing(office: Office, demo_pki: DemoPki) -> None:
    store = office.store
    assert keeping.keep_list(store, statement(demo_pki, 5), KEYS, "gateway")
    assert [keeping.keep_list(store, statement(demo_pki, version), KEYS, "file") for version in (5, 4)] == [None, None]
    with pytest.raises(VungXaError) as refused:
        keeping.keep_list(store, statement(demo_pki, 6, STRANGER), KEYS, "file")
    kept = store.trust.newest()
    assert (code_of(refused), kept and kept.version) == ("trust_unknown_key", 5)
    trust = unit_trust(store)
    assert trust is not None
    assert trust.roots == Trust.load([demo_pki.root_pem]).roots


def test_a_usb_stick_brings_list_and_revocation_lists(office: Office, demo_pki: DemoPki, tmp_path: Path) -> None:
    file = tmp_path / "tin-cậy.vxtrust"
    ders = [read_crl(path.read_bytes()).der for path in (demo_pki.crl, demo_pki.root_crl)]
    file.write_bytes(write_file(statement(demo_pki), ders))
    with pytest.raises(VungXaError) as no_key:
        keeping.import_file(office.store, file, NOW)
    office.store.device.set(
        DeviceConfig(url="", tls_pin="", device_id="d", device_key=TREASURY.raw, statement_keys=KEYS)
    )
    assert (code_of(no_key), len(keeping.import_file(office.store, file, NOW))) == ("trust_no_key", 3)
    trust = unit_trust(office.store)
    assert trust is not None
    assert set(trust.crls) == set(ders)
    assert keeping.import_file(office.store, file, NOW) == [], "twice is once"


def test_an_older_revocation_list_does_not_come_back(office: Office, demo_pki: DemoPki, tmp_path: Path) -> None:
    keeping.keep_list(office.store, statement(demo_pki), KEYS, "gateway")
    newer = demo_pki.list_of([], issued=NOW + timedelta(minutes=5))
    assert keeping.keep_crl(office.store, newer, "file", NOW)
    assert keeping.keep_crl(office.store, demo_pki.crl.read_bytes(), "file", NOW) is None
    assert [crl.der for crl in office.store.trust.crls()] == [newer]


def test_a_list_of_an_unknown_authority_is_refused(office: Office, demo_pki: DemoPki) -> None:
    with pytest.raises(VungXaError) as refused:
        keeping.keep_crl(office.store, demo_pki.crl.read_bytes(), "file", NOW)
    assert (code_of(refused), office.store.trust.crls()) == ("crl_unknown_issuer", [])


def test_a_person_adds_and_removes_a_root_and_the_journal_knows(office: Office, demo_pki: DemoPki) -> None:
    store = office.store
    info = keeping.add_root(store, demo_pki.root_pem, "hanh")
    with pytest.raises(VungXaError) as again:
        keeping.add_root(store, demo_pki.root_pem, "hanh")
    trust = unit_trust(store)
    assert trust is not None
    assert (code_of(again), trust.roots) == ("root_known", (info.der,))
    with pytest.raises(VungXaError) as short:
        keeping.remove_root(store, info.sha256[:4], "hanh")
    keeping.remove_root(store, info.sha256[:12], "thang")
    assert (code_of(short), unit_trust(store)) == ("no_such_root", None)
    assert (office.journal("trust_root"), office.journal("untrust_root")) == ([info.sha256], [info.sha256])


def test_a_persons_certificate_is_no_root(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "người.pem"
    certificate = x509.load_der_x509_certificate(office.people[0].certificate)
    for content in (certificate.public_bytes(Encoding.PEM), b"nothing", b"-----BEGIN X-----\n"):
        file.write_bytes(content)
        with pytest.raises(VungXaError) as refused:
            keeping.add_root(office.store, file, "hanh")
        assert code_of(refused) == "not_a_root"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tsa_url", "ftp://x"), ("tsa_url", "http://"), ("tsa_url", "http://user:pw@x/"), ("tsa_url", "http://x:ab/"),
        ("crl_sources", "http://x/a.crl javascript:1"), ("evidence_warning_days", "0"),
        ("evidence_warning_days", "²"), ("màu", "đỏ"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_refused_and_nothing_kept(office: Office, name: str, value: str) -> None:
    with pytest.raises(VungXaError) as refused:
        keeping.change(office.store, name, value)
    assert (code_of(refused), office.store.settings.get(name, "-")) == ("bad_setting", "-")


class Wire:
    """The gateway's side of trust, and one other authority's list; `pieces` counts what was fetched."""

    def __init__(self, pki: DemoPki) -> None:
        self.pki = pki
        self.version, self.asked, self.pieces = 1, 0, 0
        self.dies_after = 10**9
        self.other = b""

    def trust(self, etag: str) -> str | None:
        self.asked += 1
        return None if etag == f"{TREASURY.key_id}:{self.version}" else statement(self.pki, self.version)

    def crl(self, sha256: str, offset: int, size: int, _: int) -> bytes:
        if self.pieces >= self.dies_after:
            raise WireError(Fault.LINK_DIED, "died")
        self.pieces += 1
        known = {read_crl(path.read_bytes()).sha256: path for path in (self.pki.crl, self.pki.root_crl)}
        return read_crl(known[sha256].read_bytes()).der[offset : offset + size]

    def fetch(self, _url: str, download: Download, _most: int, _go_on: GoOn) -> Fetched:
        self.asked += 1
        download.begin('"v"')
        download.keep(0, self.other)
        return Fetched("new", '"v"')


class Receiver:
    """The sync thread's work on trust, over that wire."""

    def __init__(self, office: Office, pki: DemoPki) -> None:
        self.wire, self.clock, self.said = Wire(pki), Clock(NOW), list[str]()
        self.sink = TrustInbox(office.store, KEYS, self.clock)
        self.store = office.store

    def work(self) -> bool:
        fetcher = TrustFetcher(self.sink, self.wire, self.wire, 10**6)  # type: ignore[arg-type]
        return fetcher.fetch(lambda: True, lambda _, text: self.said.append(text))


def test_trust_comes_over_the_line_once_a_day(office: Office, demo_pki: DemoPki) -> None:
    unit = Receiver(office, demo_pki)
    assert unit.work()
    assert (len(unit.said), len(office.store.trust.crls())) == (3, 2)
    assert not unit.work()
    unit.clock.move(3600 * 25)
    assert not unit.work(), "a day later the answer is that nothing is new"
    assert (unit.wire.asked, unit.wire.pieces) == (2, 2)
    keeping.refresh(office.store)
    unit.wire.version = 2
    assert unit.work()


def test_a_broken_line_loses_nothing(office: Office, demo_pki: DemoPki) -> None:
    unit = Receiver(office, demo_pki)
    unit.wire.dies_after = 1
    with pytest.raises(WireError):
        unit.work()
    unit.wire.dies_after = 10**9
    assert unit.work()
    assert (unit.wire.asked, unit.wire.pieces) == (1, 2)


def test_another_authority_is_visited_daily_and_a_wrong_page_never_kept(office: Office, demo_pki: DemoPki) -> None:
    unit = Receiver(office, demo_pki)
    keeping.change(office.store, "crl_sources", "http://ca.example/g1.crl")
    unit.wire.other = b"<html>please log in</html>"
    assert unit.work(), "the list of whom to trust came"
    assert office.store.trust.crls() == []
    unit.wire.other = demo_pki.crl.read_bytes()
    unit.work()
    assert office.store.trust.crls() == [], "it rests for an hour"
    unit.clock.move(3601)
    unit.work()
    assert [crl.source for crl in office.store.trust.crls()] == ["http://ca.example/g1.crl"]
    asked = unit.wire.asked
    unit.work()
    assert unit.wire.asked == asked
