"""The doctor's steps for drivers, readers and tokens, without a PIN."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from desktop.desk.doctor_certificates import facts_of, owner_of, personal
from desktop.desk.doctor_repairs import repairs
from desktop.dossier.doctor_views import Area, DoctorCertificate, DoctorStep, DoctorToken, StepState
from desktop.dossier.people import Person
from desktop.signing.certificates import CertificateInfo
from desktop.signing.doctor import ModuleDiagnosis, Remark
from desktop.signing.modules import ModuleFile
from desktop.signing.tokeninfo import TokenInfo

MODULE, READER, TOKEN, PIN = "Trình điều khiển", "Đầu đọc", "Token", "Mã PIN"


def looking_at(module: ModuleFile) -> DoctorStep:
    """Says that a driver is being loaded: a bad one takes its time."""
    name = module.path.name
    found = f"Đang nạp {name}…"
    return DoctorStep(
        "module", "", StepState.RUNNING, MODULE, found, area=Area.DRIVER, key=str(module.path), about=name
    )


def no_module() -> DoctorStep:
    """No driver was found at all."""
    found = "Không thấy trình điều khiển token nào. Cài trình điều khiển do nơi cấp token đưa."
    return DoctorStep("module", "no_module", StepState.WARNING, MODULE, found, repairs("no_module"), Area.DRIVER)


def module_steps(module: ModuleDiagnosis) -> Iterator[DoctorStep]:
    """The driver itself, and the readers it shows."""
    name, path = module.path.name, str(module.path)
    if module.code:
        found, detail = f"{name}: {module.message}", {"path": path, "code": module.code}
        todo = repairs(module.code) or repairs("module_unusable")
        yield DoctorStep("module", module.code, StepState.WARNING, MODULE, found, todo, Area.DRIVER, path, name, detail)
        return
    found = f"{name}, {len(module.tokens)} token đang cắm."
    yield DoctorStep("module", "module_ok", StepState.OK, MODULE, found, (), Area.DRIVER, path, name, {"path": path})


def token_step(token: TokenInfo, module: ModuleDiagnosis, remarks: Iterable[Remark]) -> DoctorStep:
    """A token with its signing certificates; their digests are what a unit registers its people by."""
    found = list(remarks)
    serious = next((remark for remark in found if remark.serious), None)
    state = StepState.ERROR if serious else StepState.WARNING if found else StepState.OK
    first = serious or next(iter(found), None)
    signing = [certificate for certificate in token.certificates if certificate.can_sign]
    names = "; ".join(f"{item.subject_name}, SHA-256 {item.sha256}" for item in signing)
    message = " ".join(remark.message for remark in found) or f"Token «{token.label}» dùng được: {names}."
    detail = {
        "serial": token.serial,
        "certificates": [facts_of(item) for item in signing],
        "label": token.label,
        "manufacturer": token.manufacturer,
        "module": str(module.path),
    }
    code = first.code if first else "token_ok"
    return DoctorStep(
        "token", code, state, TOKEN, message, repairs(code), Area.TOKEN, token.serial, token.label, detail
    )


def pin_step(token: TokenInfo) -> DoctorStep:
    """What the token's flags say of its PIN; PKCS#11 has no count of tries."""
    code, state, found = _pin(token)
    return DoctorStep("pin", code, state, PIN, found, repairs(code), Area.TOKEN, token.serial, token.label)


def _pin(token: TokenInfo) -> tuple[str, StepState, str]:
    if token.pin_locked:
        return "pin_locked", StepState.ERROR, "Mã PIN đã bị khóa vì nhập sai nhiều lần."
    if token.pin_final_try:
        return "pin_final_try", StepState.WARNING, "Chỉ còn 1 lần thử mã PIN. Sai nữa, token tự khóa."
    if token.pin_low:
        return "pin_low", StepState.WARNING, "Đã có lần nhập sai, còn ít lần thử mã PIN."
    return "pin_ok", StepState.OK, "Mã PIN chưa bị khóa, không thấy lần nhập sai nào."


def token_view(token: TokenInfo, module: ModuleDiagnosis, people: Sequence[Person]) -> DoctorToken:
    """The token as it is offered for a test signature."""
    certificates = tuple(
        DoctorCertificate(item.sha256, item.subject_name, item.issuer_name, item.not_after, _person(item, people))
        for item in personal(token)
        if item.can_sign
    )
    return DoctorToken(
        serial=token.serial,
        label=token.label,
        module=str(module.path),
        reader="",
        pin_pad=False,
        pin_final_try=token.pin_final_try,
        pin_locked=token.pin_locked,
        certificates=certificates,
    )


def _person(certificate: CertificateInfo, people: Sequence[Person]) -> str:
    person = owner_of(certificate, people)
    return person.person_id if person else ""
