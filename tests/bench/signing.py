"""Signing and verifying, against the bare token and the bare digest."""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pkcs11
from asn1crypto import algos, core
from pkcs11 import Attribute, Mechanism, ObjectClass

from desktop.demo.pki import KEY_KINDS, DemoToken
from desktop.signing.asice import DataObject
from desktop.signing.batch import BatchItem, sign_batch
from desktop.signing.cades import sign
from tests.bench.measure import Line
from tests.bench.workbench import Workbench
from tests.fixtures.tokens import open_key, resident, sample_objects

MEMORY_BOUND = 8 * 1024 * 1024
SCAN = 10 * 1024 * 1024
RAW = "the same key by PKCS#11, no worker"


def lines(bench: Workbench) -> Iterator[Line]:
    """Raw signatures, whole CAdES signatures, packages."""
    for token, kind in zip(bench.tokens, KEY_KINDS, strict=True):
        yield from _one_token(bench, token, kind)
        yield from _batch(bench, token, kind)
    yield _memory(bench, bench.tokens[-1])


def _one_token(bench: Workbench, token: DemoToken, kind: str) -> Iterator[Line]:
    data = os.urandom(300)
    objects = sample_objects(bench.tokens)
    with _raw_session(token) as session, open_key(bench.worker, token) as key:
        raw = _raw_signer(session, data)
        yield bench.pace.compare(f"signatures by {kind}, token worker", lambda: key.sign(data), RAW, raw, "1/s")
        yield bench.pace.compare(
            f"whole CAdES signatures by {kind}", lambda: sign(objects, (), key, datetime.now(UTC)), RAW, raw, "1/s"
        )


def _batch(bench: Workbench, token: DemoToken, kind: str) -> Iterator[Line]:
    """Dossiers of a form and a scan, one after the other, with one login."""
    objects = sample_objects(bench.tokens)
    with _raw_session(token) as session, open_key(bench.worker, token) as key:
        results = sign_batch(_endless(objects), key, lambda: datetime.now(UTC))
        ours, plain = bench.pace.seconds(lambda: next(results), _raw_signer(session, os.urandom(300)))
    yield Line(f"dossiers in a batch by {kind}", 1 / ours, 1 / plain, "1/s", RAW)
    beyond = (ours - plain) * 1000
    yield Line(f"a dossier in a batch by {kind}, beyond the raw signature", beyond, plain * 1000, "ms", RAW)


def _memory(bench: Workbench, token: DemoToken) -> Line:
    """What a batch leaves behind in this process and in the token's. Raises AssertionError over the bound."""
    count = 100 if bench.quick else 1000
    objects = sample_objects(bench.tokens)
    with open_key(bench.worker, token) as key:
        results = sign_batch(_endless(objects), key, lambda: datetime.now(UTC))
        kept = sum(len(result.signed.cms) for result in itertools.islice(results, 50) if result.signed) * count // 50
        before = resident(bench.worker)
        assert sum(result.signed is not None for result in itertools.islice(results, count)) == count
        grown = resident(bench.worker) - before
    assert grown < MEMORY_BOUND, grown
    what = f"{count:,} dossiers in one batch: memory grown, both processes"
    return Line(what, grown / 1000, kept / 1000, "kB", "keeping their signatures")


def _endless(objects: Sequence[DataObject]) -> Iterator[BatchItem]:
    return (BatchItem(f"d{number}", objects) for number in itertools.count())


def _raw_session(token: DemoToken) -> Any:
    """The module in this process, as a program without a worker would use it."""
    os.environ.update(token.environment)
    library = pkcs11.lib(str(token.module))
    return library.get_token(token_label=token.label).open(user_pin=token.pin)


def _raw_signer(session: Any, data: bytes) -> Callable[[], object]:
    key = next(iter(session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})))
    digest = hashlib.sha256(data).digest()
    if key.key_type == pkcs11.KeyType.EC:
        return lambda: key.sign(digest, mechanism=Mechanism.ECDSA)
    algorithm = {"algorithm": "sha256", "parameters": core.Null()}
    info = algos.DigestInfo({"digest_algorithm": algorithm, "digest": digest}).dump()
    return lambda: key.sign(info, mechanism=Mechanism.RSA_PKCS)
