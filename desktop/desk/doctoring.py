"""The examination of this machine's tokens, step by step: for the window and for `vungxa doctor`.

One examination, no PIN: `Doctoring.examine`. A test signature that is thrown away: `Doctoring.test_sign`. What a
support person needs, without a secret: `Doctoring.write_support`. Use from one thread; it starts and ends driver
processes of its own and so never disturbs a batch's.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from desktop.desk.context import utc_now
from desktop.desk.doctor_certificates import CertificateDesk, Registered, personal
from desktop.desk.doctor_testing import not_there, try_key
from desktop.desk.doctor_tokens import looking_at, module_steps, no_module, pin_step, token_step, token_view
from desktop.desk.doctor_unit import clock_step, service_step, unit_steps
from desktop.desk.output import write_whole
from desktop.desk.support_file import support_file
from desktop.desk.token_modules import known_modules
from desktop.desk.trusting import unit_trust
from desktop.dossier.dates import instant
from desktop.dossier.doctor_views import DoctorReport, DoctorStep, DoctorToken, StepState
from desktop.signing.doctor import ModuleDiagnosis, diagnose_one, remarks
from desktop.signing.modules import ModuleFile
from desktop.signing.tokeninfo import TokenInfo
from desktop.signing.tokens import TokenWorker
from desktop.store.store import Store

TIMEOUT = 20.0
"""Seconds a driver may take for one answer."""


def _no_store() -> None:
    return None


def _untold(_: DoctorStep) -> None:
    return


def _never() -> bool:
    return False


class Doctoring:
    """Examines what is plugged in, against one unit when there is one.

    `store` gives the calling thread's store (`lambda: context.store`), None examines without a unit; `modules` are the
    drivers to look at, by default those picked in the unit and those found on the machine.
    """

    def __init__(
        self,
        store: Callable[[], Store] | None = None,
        modules: Callable[[], Sequence[ModuleFile]] | None = None,
        *,
        clock: Callable[[], datetime] = utc_now,
        environment: Mapping[str, str] | None = None,
        timeout: float = TIMEOUT,
    ) -> None:
        self._store: Callable[[], Store | None] = store or _no_store
        self._modules = modules or (lambda: known_modules(self._store()))
        self._clock = clock
        self._environment = environment
        self._timeout = timeout
        self._seen: dict[str, DoctorToken] = {}

    def examine(
        self,
        progress: Callable[[DoctorStep], None] = _untold,
        cancelled: Callable[[], bool] = _never,
    ) -> DoctorReport:
        """Makes every step, telling each as it begins (where it may take long) and as it ends; stops between steps.

        A driver that hangs costs its time-out, never more; what is wrong is a step, not an error. Raises StoreError.
        """
        at, done, stopped = instant(self._clock().astimezone(UTC)), [], False
        self._seen = {}
        with closing(self._steps()) as steps:
            for step in steps:
                progress(step)
                if step.state is not StepState.RUNNING:
                    done.append(step)
                if stopped := cancelled():
                    break
        return DoctorReport(at, tuple(done), tuple(self._seen.values()), stopped)

    def test_sign(
        self, serial: str, pin: str | None, certificate_sha256: str = "", *, final_try: bool = False
    ) -> DoctorStep:
        """Signs a random sentence with a token seen by the last `examine`, verifies it and throws it away.

        `pin` None only for a reader with a PIN pad; the first signing certificate unless one is named. A refusal is a
        step that says what to do, and spends at most one try; without `final_try` the last one is never spent.
        """
        token = self._seen.get(serial)
        if token is None:
            return not_there(serial)
        with TokenWorker(Path(token.module), self._timeout, self._environment) as worker:
            return try_key(worker, token, pin, certificate_sha256, final_try=final_try)

    def write_support(self, path: Path, report: DoctorReport) -> None:
        """Writes the support file of an examination, whole or not at all. Raises DeskError not_writable."""
        write_whole(path, support_file(report, self._modules()))

    def _steps(self) -> Generator[DoctorStep, None, None]:
        store, now = self._store(), self._clock()
        modules = self._modules()
        yield service_step(modules)
        yield clock_step(store, now)
        if not modules:
            yield no_module()
        for module in modules:
            yield from self._module(module, _registered(store), now)
        yield from unit_steps(store, now)

    def _module(self, module: ModuleFile, unit: Registered, now: datetime) -> Iterator[DoctorStep]:
        yield looking_at(module)
        diagnosis = diagnose_one(module, timeout=self._timeout, environment=self._environment)
        yield from module_steps(diagnosis)
        for token in diagnosis.tokens:
            if token.serial not in self._seen:
                yield from self._token(token, diagnosis, unit, now)

    def _token(
        self, token: TokenInfo, module: ModuleDiagnosis, unit: Registered, now: datetime
    ) -> Iterator[DoctorStep]:
        self._seen[token.serial] = token_view(token, module, unit.people or ())
        yield token_step(token, module, remarks(token, now))
        yield pin_step(token)
        for certificate in personal(token):
            seen = certificate.sha256 in module.keys_seen.get(token.serial, ())
            yield from CertificateDesk(token, certificate, unit, now, seen).steps()


def _registered(store: Store | None) -> Registered:
    if store is None:
        return Registered()
    return Registered(store.unit.people(), unit_trust(store))
