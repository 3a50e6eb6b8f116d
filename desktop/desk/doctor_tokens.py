"""The doctor's steps for drivers, readers and tokens, without a PIN."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from desktop.desk.doctor_certificates import facts_of, owner_of, personal
from desktop.desk.doctor_repairs import repairs
from desktop.dossier.doctor_views import Area, DoctorCertificate, DoctorStep, DoctorToken, StepState
from desktop.dossier.people import Person
from desktop.signing.certificates import CertificateInfo
from desktop.signing.doctor import ModuleDiagnosis, Remark
from desktop.signing.modules import ModuleFile
from desktop.signing.tokeninfo import ReaderInfo, TokenInfo

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
    if not module.readers:
        yield _reader(module, "no_reader", StepState.WARNING, f"{name} không thấy đầu đọc hay token nào.")
    for reader in module.readers:
        yield _reader_step(module, reader)


def _reader(
    module: ModuleDiagnosis, code: str, state: StepState, found: str, facts: Mapping[str, object] = MappingProxyType({})
) -> DoctorStep:
    key = f"{module.path}#{facts['slot']}" if facts else str(module.path)
    return DoctorStep(
        "reader", code, state, READER, found, repairs(code), Area.DRIVER, key, module.path.name, {**facts}
    )


def _reader_step(module: ModuleDiagnosis, reader: ReaderInfo) -> DoctorStep:
    facts: dict[str, object] = {"slot": reader.slot, "token_present": reader.token_present, "hardware": reader.hardware}
    facts |= {"description": reader.description, "manufacturer": reader.manufacturer}
    name = reader.description or "Đầu đọc"
    if reader.token_present:
        return _reader(module, "reader_ok", StepState.OK, f"{name}: có token.", facts)
    return _reader(module, "reader_empty", StepState.SKIPPED, f"{name}: đang trống.", facts)


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
        "model": token.model,
        "hardware": token.hardware,
        "pin_min": token.pin_min,
        "pin_max": token.pin_max,
        "flags": flags_of(token),
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


def flags_of(token: TokenInfo) -> list[str]:
    """The flags a token has, by the names that --json and the support file use."""
    names = ("pin_low", "pin_final_try", "pin_locked", "pin_pad", "pin_not_set", "pin_to_change", "login_required")
    return [name for name in names if getattr(token, name)]


def _pin(token: TokenInfo) -> tuple[str, StepState, str]:
    if token.pin_locked:
        return "pin_locked", StepState.ERROR, "Mã PIN đã bị khóa vì nhập sai nhiều lần."
    if token.pin_final_try:
        return "pin_final_try", StepState.WARNING, "Chỉ còn 1 lần thử mã PIN. Sai nữa, token tự khóa."
    if token.pin_not_set:
        return "pin_not_set", StepState.ERROR, "Token chưa đặt mã PIN nên chưa ký được."
    if token.pin_to_change:
        return "pin_to_change", StepState.WARNING, "Token đòi đổi mã PIN trước khi ký."
    if token.pin_low:
        return "pin_low", StepState.WARNING, "Đã có lần nhập sai, còn ít lần thử mã PIN."
    where = " Mã PIN nhập trên bàn phím của đầu đọc." if token.pin_pad else ""
    return "pin_ok", StepState.OK, f"Mã PIN chưa bị khóa, không thấy lần nhập sai nào.{where}"


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
        reader=token.reader,
        pin_pad=token.pin_pad,
        pin_final_try=token.pin_final_try,
        pin_locked=token.pin_locked,
        certificates=certificates,
    )


def _person(certificate: CertificateInfo, people: Sequence[Person]) -> str:
    person = owner_of(certificate, people)
    return person.person_id if person else ""
