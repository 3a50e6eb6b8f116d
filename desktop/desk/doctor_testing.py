"""The doctor's test signature: made with the token, checked against its certificate, and thrown away."""

from __future__ import annotations

import secrets

from desktop.desk.doctor_repairs import repairs
from desktop.dossier.doctor_views import Area, DoctorStep, DoctorToken, StepState
from desktop.signing.drivers import Tokens
from desktop.signing.errors import CertificateNotFound, PinFinalTry, PinLocked, TokenError, TokenGone

TITLE = "Ký thử"
PURPOSE = b"Vung Xa: test signature, stands for nothing. "
"""What is signed begins so, then come random bytes: nobody can use the signature for anything else."""


def try_key(
    worker: Tokens, token: DoctorToken, pin: str | None, certificate_sha256: str = "", *, final_try: bool = False
) -> DoctorStep:
    """Signs once and tells how it went; the key answers `sign` only with a signature that fits its certificate."""
    try:
        if token.pin_locked:
            raise PinLocked
        chosen = certificate_sha256 or next((item.sha256 for item in token.certificates), "")
        if not chosen:
            raise CertificateNotFound
        with worker.open(token.serial, chosen, pin, final_try=final_try) as key:
            key.sign(PURPOSE + secrets.token_bytes(32))
    except PinFinalTry as error:
        return _step(token, error.code, StepState.SKIPPED, error.message)
    except TokenError as error:
        return _step(token, error.code, StepState.ERROR, error.message)
    return _step(token, "signature_ok", StepState.OK, "Ký thử được, chữ ký khớp với chứng thư; đã bỏ chữ ký đó.")


def not_there(serial: str) -> DoctorStep:
    """The token that was to be tried is not plugged in."""
    error = TokenGone()
    return DoctorStep(
        "test_signature", error.code, StepState.ERROR, TITLE, error.message, repairs(error.code), Area.TOKEN, serial
    )


def _step(token: DoctorToken, code: str, state: StepState, found: str) -> DoctorStep:
    return DoctorStep("test_signature", code, state, TITLE, found, repairs(code), Area.TOKEN, token.serial, token.label)
