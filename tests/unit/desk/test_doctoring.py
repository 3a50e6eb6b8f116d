"""The whole examination on SoftHSM and on a driver that misbehaves: steps, test signature, support file."""

import json
import socket
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.demo.pki import DemoToken
from desktop.demo.unit import UNIT
from desktop.desk.doctor_repairs import REPAIRS
from desktop.desk.doctor_tokens import pin_step
from desktop.desk.doctoring import Doctoring
from desktop.desk.errors import DeskError
from desktop.desk.token_modules import forget_module, known_modules, pick_module, picked_modules
from desktop.dossier.doctor_views import DoctorReport, DoctorStep, StepState
from desktop.signing.errors import ModuleError
from desktop.signing.modules import look_at
from desktop.signing.smartcard import service_state
from desktop.signing.tokeninfo import TokenInfo
from tests.fixtures.tokens import TokenFault
from tests.unit.desk.kit import Clock, Office


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory, demo_tokens: list[DemoToken]) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("doctor") / "unit"
    made = Office.make(folder, [token.person for token in demo_tokens], Clock())
    with made.store:
        yield made


@pytest.fixture(scope="module")
def doctoring(unit: Office, demo_tokens: list[DemoToken]) -> Doctoring:
    module = look_at(demo_tokens[0].module)
    return Doctoring(lambda: unit.store, lambda: [module], environment=demo_tokens[0].environment)


@pytest.fixture(scope="module")
def report(doctoring: Doctoring) -> DoctorReport:
    return doctoring.examine()


def faulty(fault: TokenFault, timeout: float = 20.0) -> Doctoring:
    environment = {"P11FAULT_STATE": str(fault.state), "P11FAULT_MODULE": str(fault.token.module)}
    modules = [look_at(fault.module)]
    return Doctoring(None, lambda: modules, environment={**fault.token.environment, **environment}, timeout=timeout)


def by_name(report: DoctorReport, name: str) -> list[DoctorStep]:
    return [step for step in report.steps if step.name == name]


def test_every_token_is_found_with_its_person(report: DoctorReport, demo_tokens: list[DemoToken]) -> None:
    assert (report.ok, report.cancelled) == (True, False)
    people = {token.serial: token.certificates[0].person_id for token in report.tokens}
    assert people == {token.serial: token.person.person_id for token in demo_tokens}
    assert {step.code for step in by_name(report, "registration")} == {"registered"}
    assert {step.code for step in by_name(report, "key_pair")} == {"key_seen"}
    assert "reader_ok" in {step.code for step in by_name(report, "reader")}


def test_each_step_is_told_as_it_begins_and_ends(doctoring: Doctoring, report: DoctorReport) -> None:
    told: list[DoctorStep] = []
    again = doctoring.examine(told.append)
    assert [step.state for step in told].count(StepState.RUNNING) == 1
    assert [step.code for step in again.steps] == [step.code for step in told if step.state is not StepState.RUNNING]
    assert len(again.steps) == len(report.steps)


def test_it_stops_between_steps(unit: Office, demo_tokens: list[DemoToken]) -> None:
    told: list[DoctorStep] = []
    doctoring = Doctoring(lambda: unit.store, lambda: [look_at(demo_tokens[0].module)])
    report = doctoring.examine(told.append, lambda: len(told) == 2)
    assert (report.cancelled, len(report.steps), report.tokens) == (True, 2, ())


def test_a_test_signature_is_made_and_leaves_nothing(doctoring: Doctoring, unit: Office, report: DoctorReport) -> None:
    before = unit.store.journal.entries(1)
    assert doctoring.test_sign(report.tokens[0].serial, "sai rồi").code == "pin_wrong"
    assert unit.store.journal.entries(1) == before


def test_the_right_pin_signs(doctoring: Doctoring, report: DoctorReport, demo_tokens: list[DemoToken]) -> None:
    assert report.ok
    step = doctoring.test_sign(demo_tokens[2].serial, demo_tokens[2].pin)
    assert (step.code, step.state, step.repair) == ("signature_ok", "ok", ())
    assert doctoring.test_sign("nobody's", "1").code == "token_gone"


@pytest.mark.parametrize(
    ("words", "code", "state"),
    [
        ("tries=1", "pin_final_try", "skipped"),
        ("tries=0", "pin_locked", "error"),
        ("wrong", "bad_token_signature", "error"),
        ("tochange", "pin_to_change", "error"),
    ],
)
def test_what_keeps_a_token_from_signing_is_said(fault: TokenFault, words: str, code: str, state: str) -> None:
    fault.set(words)
    doctoring = faulty(fault)
    doctoring.examine()
    step = doctoring.test_sign(fault.token.serial, fault.token.pin)
    assert (step.code, step.state, bool(step.repair)) == (code, state, True)


def test_the_last_try_is_spent_only_with_a_yes(fault: TokenFault) -> None:
    fault.set("tries=1")
    doctoring = faulty(fault)
    doctoring.examine()
    assert doctoring.test_sign(fault.token.serial, fault.token.pin, final_try=True).code == "signature_ok"


def test_a_pin_pad_is_typed_on(fault: TokenFault) -> None:
    fault.set("pad")
    fault.type_on_pad(fault.token.pin)
    doctoring = faulty(fault)
    report = doctoring.examine()
    assert next(token.pin_pad for token in report.tokens if token.serial == fault.token.serial)
    assert doctoring.test_sign(fault.token.serial, None).code == "signature_ok"


def test_a_driver_that_hangs_costs_its_time_and_no_more(fault: TokenFault) -> None:
    fault.set("hang")
    (step,) = by_name(faulty(fault, timeout=1.0).examine(), "module")
    assert (step.code, step.state, bool(step.repair)) == ("token_timeout", "warning", True)


def test_a_machine_without_a_driver_is_told_what_to_install() -> None:
    report = Doctoring(None, list).examine()
    assert [(step.code, len(step.repair)) for step in by_name(report, "module")] == [("no_module", 3)]


@pytest.mark.parametrize(
    ("flags", "code"),
    [({}, "pin_ok"), ({"pin_low": True}, "pin_low"), ({"pin_final_try": True, "pin_low": True}, "pin_final_try"),
     ({"pin_locked": True, "pin_final_try": True}, "pin_locked"), ({"pin_not_set": True}, "pin_not_set"),
     ({"pin_to_change": True}, "pin_to_change")],
)  # fmt: skip
def test_the_flags_of_a_pin_have_words(flags: dict[str, bool], code: str) -> None:
    token = TokenInfo("1", "T", "M", pin_low=False, pin_final_try=False, pin_locked=False, certificates=())
    step = pin_step(replace(token, **flags))  # type: ignore[arg-type]
    assert (step.code, bool(step.found), bool(step.repair)) == (code, True, code != "pin_ok")


def test_the_support_file_names_nobody(
    doctoring: Doctoring, report: DoctorReport, demo_tokens: list[DemoToken], tmp_path: Path
) -> None:
    path = tmp_path / "hỗ trợ.zip"
    doctoring.write_support(path, replace(report, steps=(*report.steps, doctoring.test_sign("none", "1"))))
    with zipfile.ZipFile(path) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist())
    secrets = [word for token in demo_tokens for word in (token.pin, token.serial, token.person.name, token.label)]
    assert [word for word in (*secrets, UNIT.name, UNIT.code, "mật khẩu:") if word in text] == []


def test_the_support_file_has_what_helps(doctoring: Doctoring, report: DoctorReport, tmp_path: Path) -> None:
    path = tmp_path / "support.zip"
    doctoring.write_support(path, report)
    told = json.loads(zipfile.ZipFile(path).read("report.json"))
    (module,) = told["modules"]
    issuers = {step["facts"].get("issuer") for step in told["steps"] if step["name"] == "certificate"}
    assert (len(module["sha256"]), module["bits"], module["file"]) == (64, 64, "libsofthsm2.so")
    assert any("THỬ NGHIỆM" in str(issuer) for issuer in issuers)
    assert [step["code"] for step in told["steps"]] == [step.code for step in report.steps]


def test_a_support_file_that_cannot_be_written_is_said(doctoring: Doctoring, report: DoctorReport) -> None:
    with pytest.raises(DeskError) as refused:
        doctoring.write_support(Path("/nowhere/at/all.zip"), report)
    assert refused.value.code == "not_writable"


def test_a_picked_driver_comes_first_until_it_is_forgotten(unit: Office, demo_tokens: list[DemoToken]) -> None:
    module = pick_module(unit.store, demo_tokens[0].module)
    assert (picked_modules(unit.store), known_modules(unit.store)[0]) == ((module.path,), module)
    forget_module(unit.store, demo_tokens[0].module)
    assert picked_modules(unit.store) == ()


def test_a_file_that_is_no_driver_is_not_picked(unit: Office, tmp_path: Path) -> None:
    (tmp_path / "driver.so").write_bytes(b"junk")
    with pytest.raises(ModuleError):
        pick_module(unit.store, tmp_path / "driver.so")
    assert picked_modules(unit.store) == ()


def test_the_smart_card_service_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "pcscd.comm"
    assert service_state(path) == "missing"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        assert service_state(path) == "stopped"
        listening.listen(1)
        assert service_state(path) == "running"


def test_every_repair_is_a_whole_sentence() -> None:
    assert all(line.endswith(".") and line[0].isupper() for steps in REPAIRS.values() for line in steps)
