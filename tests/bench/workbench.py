"""What several benchmarks build on, made when first needed: a folder, an authority, tokens, signed packages."""

from __future__ import annotations

import hashlib
import itertools
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from desktop.demo.cases import CASES
from desktop.demo.pki import DemoPki, DemoToken, make_demo_pki, make_softhsm_tokens
from desktop.demo.unit import PEOPLE, UNIT
from desktop.dossier.descriptor import describe
from desktop.dossier.document import Dossier
from desktop.dossier.pack import VERSION
from desktop.dossier.people import Unit
from desktop.dossier.signers import able_to_sign, signing_steps
from desktop.exchange.printing import print_document
from desktop.signing.asice import DataObject, Package, Signed
from desktop.signing.cades import sign
from desktop.signing.tokens import TokenWorker
from tests.bench.measure import Pace
from tests.fixtures.dossiers import dossier, form
from tests.fixtures.tokens import open_key

PAID = [case for case in CASES if case.expect == "paid" and not case.with_scan]


class Workbench:
    """The surroundings of one run; leaving it ends every process it started."""

    def __init__(self, folder: Path, *, quick: bool) -> None:
        self.folder = folder
        self.quick = quick
        self.pace = Pace(3, 0.05) if quick else Pace(11, 0.12)
        self.stack = ExitStack()
        self._numbers = itertools.count(1)

    def __enter__(self) -> Workbench:
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()

    @cached_property
    def pki(self) -> DemoPki:
        """The throw-away authority."""
        return make_demo_pki(self.folder / "pki")

    @cached_property
    def tokens(self) -> list[DemoToken]:
        """Three SoftHSM tokens: RSA-3072 (preparer), RSA-2048 (chief accountant), EC P-256 (head of unit)."""
        return make_softhsm_tokens(self.folder / "softhsm", PEOPLE, self.pki, UNIT.name)

    @cached_property
    def worker(self) -> TokenWorker:
        """The process that owns the PKCS#11 module."""
        first = self.tokens[0]
        return self.stack.enter_context(TokenWorker(first.module, environment=first.environment))

    def packages(self, count: int, unit: Unit = UNIT) -> list[Package]:
        """Sign so many different small dossiers of a unit by its tokens, as their forms ask."""
        dossiers = [self._dossier(unit) for _ in range(count)]
        objects = [self._objects(item, unit) for item in dossiers]
        signatures: list[list[Signed]] = [[] for _ in dossiers]
        for token in self.tokens:
            with open_key(self.worker, token) as key:
                for item, content, made in zip(dossiers, objects, signatures, strict=True):
                    if any(able_to_sign(step, [token.person]) for step in signing_steps(item.documents)):
                        made.append(sign(content, made, key, datetime.now(UTC)))
        return [Package(content, tuple(made)) for content, made in zip(objects, signatures, strict=True)]

    def _dossier(self, unit: Unit) -> Dossier:
        number = next(self._numbers)
        return dossier(form(PAID[number % len(PAID)], unit, document_no=f"B{number:05d}"))

    def _objects(self, item: Dossier, unit: Unit) -> tuple[DataObject, ...]:
        steps = signing_steps(item.documents)
        people = [token.person for token in self.tokens]
        signers = {step.order: able_to_sign(step, people)[0] for step in steps}
        digests = [hashlib.sha256(print_document(document)).hexdigest() for document in item.documents]
        named = describe(item, unit, steps, signers, digests, VERSION)
        return tuple(DataObject(part.name, part.media_type, part.content) for part in named)
