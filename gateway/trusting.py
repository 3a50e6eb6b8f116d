"""Whom the units are to trust: a signed list made of what was registered, its revocation lists, the sandbox's own TSA.

The list is published anew, under a higher version, whenever its content changed (docs/protocol.md, section 10).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.dossier.dates import instant
from desktop.dossier.errors import VungXaError
from desktop.signing.crls import Crl, check_crl, newest, read_crl
from desktop.signing.device import DeviceKey
from desktop.signing.trust import Trust
from desktop.signing.trustlist import CrlOffer, SignedList, TrustList, TsaSource, encoded, read_list, sign_list
from desktop.signing.trustlist import write_file as write_vxtrust
from gateway.errors import GatewayError
from gateway.home import Home, write_private

if TYPE_CHECKING:
    from desktop.signing.tsa import SandboxTsa

TSA_URL = "gateway"


def published(home: Home) -> SignedList | None:
    """Give the list that the units are handed, None before the first. Raises TrustError for a damaged file."""
    if not home.trust_list.is_file():
        return None
    return read_list(home.trust_list.read_bytes(), home.statement_key().published)


def publish(home: Home, at: datetime) -> tuple[SignedList, bool]:
    """Sign and publish the list as things stand; tells whether anything changed. Raises TrustError, OSError."""
    before = published(home)
    trusted = [Trust.load(sorted(folder.glob("*.pem"))) for folder in _unit_folders(home)]
    crls = _known_crls(home, trusted, at)
    content = TrustList(
        version=1,
        issued_at=instant(at),
        roots=encoded([der for trust in trusted for der in trust.roots]),
        intermediates=encoded([der for trust in trusted for der in trust.intermediates]),
        tsa=[TsaSource(url=TSA_URL, certificates=encoded([_tsa_root(home)]))],
        crls=[_offer(crl) for crl in crls],
    )
    if before is not None and _same(before.list, content):
        return before, False
    _keep_crls(home, crls)
    version = max(before.list.version + 1 if before else 1, int(at.timestamp() * 1000))
    signed = sign_list(
        content.model_copy(update={"version": version}), DeviceKey.load(home.statement_key_file.read_bytes())
    )
    write_private(home.trust_list, signed.encode())
    return read_list(signed, home.statement_key().published), True


def set_crl(home: Home, data: bytes, at: datetime) -> Crl:
    """Take a revocation list of an authority that some unit's signers come from; an older one changes nothing.

    Raises TrustError of `read_crl` and `check_crl`, GatewayError `crl_older`.
    """
    trusted = [Trust.load(sorted(folder.glob("*.pem"))) for folder in _unit_folders(home)]
    crl = read_crl(data)
    check_crl(crl, _authorities(trusted), at)
    held = {item.issuer: item for item in _known_crls(home, trusted, at)}.get(crl.issuer)
    if held is not None and held.this_update >= crl.this_update and held.sha256 != crl.sha256:
        raise GatewayError(409, "crl_older", "Cổng đã có danh sách thu hồi mới hơn của nơi cấp này. Hãy lấy bản mới.")
    _keep_crls(home, [crl], sweep=False)
    return crl


def export(home: Home, at: datetime) -> bytes:
    """Give the list and its revocation lists as one .vxtrust for a USB stick."""
    signed, _ = publish(home, at)
    crls = [data for offer in signed.list.crls if (data := read_published_crl(home, offer.sha256)) is not None]
    return write_vxtrust(signed.statement, crls)


def read_published_crl(home: Home, sha256: str) -> bytes | None:
    """Give the bytes of a published revocation list."""
    file = home.crls / sha256
    return file.read_bytes() if file.is_file() else None


def trust_of(home: Home, unit_code: str) -> Trust:
    """Whom the gateway trusts for one unit's signers, with the newest revocation lists. Raises TrustError."""
    trust = Trust.load(sorted(home.trust(unit_code).glob("*.pem")))
    crls = newest([*_readable(trust.crls), *_readable(_files(home.crls))])
    return Trust(trust.roots, trust.intermediates, tuple(crl.der for crl in crls))


def tsa(home: Home) -> SandboxTsa:
    """The sandbox's time-stamping authority, made when first asked for."""
    from desktop.signing.tsa import SandboxTsa  # pyHanko is slow to load, and most commands stamp nothing

    if not (home.tsa_key.is_file() and home.tsa_certificate.is_file()):
        made = SandboxTsa.create()
        write_private(home.tsa_certificate, made.certificate_pem)
        write_private(home.tsa_key, made.key_pem)
    return SandboxTsa.load(home.tsa_key.read_bytes(), home.tsa_certificate.read_bytes())


def _tsa_root(home: Home) -> bytes:
    if not home.tsa_certificate.is_file():
        return tsa(home).root
    return x509.load_pem_x509_certificate(home.tsa_certificate.read_bytes()).public_bytes(Encoding.DER)


def _unit_folders(home: Home) -> list[Path]:
    folder = home.folder / "trust"
    return sorted(path for path in folder.iterdir() if any(path.glob("*.pem"))) if folder.is_dir() else []


def _authorities(trusted: Iterable[Trust]) -> list[bytes]:
    return [der for trust in trusted for der in (*trust.roots, *trust.intermediates)]


def _known_crls(home: Home, trusted: list[Trust], at: datetime) -> list[Crl]:
    """The newest list of every issuer, of those that verify: what a unit would refuse is not handed out."""
    given = [der for trust in trusted for der in trust.crls]
    found = []
    authorities = _authorities(trusted)
    for crl in _readable([*given, *_files(home.crls)]):
        try:
            check_crl(crl, authorities, at)
        except VungXaError:
            continue
        found.append(crl)
    return sorted(newest(found), key=lambda crl: crl.issuer)


def _readable(ders: Iterable[bytes]) -> list[Crl]:
    found = []
    for der in ders:
        try:
            found.append(read_crl(der))
        except VungXaError:
            continue
    return found


def _files(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix == ""] if folder.is_dir() else []


def _keep_crls(home: Home, crls: Iterable[Crl], *, sweep: bool = True) -> None:
    home.crls.mkdir(exist_ok=True)
    kept = {crl.sha256: crl.der for crl in crls}
    for name, der in kept.items():
        if not (home.crls / name).is_file():
            write_private(home.crls / name, der)
    for path in home.crls.iterdir():
        if sweep and path.name not in kept:
            path.unlink()


def _offer(crl: Crl) -> CrlOffer:
    return CrlOffer(
        issuer=crl.issuer_name[:300],
        sha256=crl.sha256,
        size=len(crl.der),
        this_update=crl.this_update,
        next_update=crl.next_update,
    )


def _same(one: TrustList, other: TrustList) -> bool:
    told = {"version", "issued_at"}
    return one.model_dump(exclude=told) == other.model_dump(exclude=told)
