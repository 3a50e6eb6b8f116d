"""`vungxa doctor`: looks at everything that can keep a dossier from being sent and says what to do about it."""

from __future__ import annotations

import platform
import shutil
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from desktop import __version__
from desktop.assets import AssetMissingError, font_dir
from desktop.commands.answer import NO, OK, Answer
from desktop.commands.opening import opened_store
from desktop.commands.secrets import ask
from desktop.desk.connection import NotEnrolled, enrolled, make_wire
from desktop.desk.doctor_repairs import repairs
from desktop.desk.doctoring import Doctoring
from desktop.desk.versions import versions
from desktop.dossier.doctor_views import DoctorStep
from desktop.dossier.duties import Act
from desktop.dossier.errors import VungXaError
from desktop.dossier.pack import load_pack
from desktop.signing.modules import ModuleFile, look_at
from desktop.store.store import Store

SKEW_WARNING, SKEW_ERROR = 60, 600
LOW_DISK = 200 * 1024 * 1024
NEEDS_UNIT = ("store", "gateway", "clock")
NO_UNIT = "Chưa chỉ đơn vị nào. Thêm --home để khám kho dữ liệu, mạng và đồng hồ."


class Check(NamedTuple):
    """One finding; `state` is ok, warning, error or skipped."""

    name: str
    state: str
    message: str
    detail: dict[str, Any] = {}  # noqa: RUF012  never changed


def doctor(args: Namespace) -> Answer:
    """Runs every check that can run here. Exit 1 when one is an error. Raises DeskError not_writable."""
    checks = [_as_json(check) for check in _program()]
    if args.home is None:
        steps = _tokens(args, None)
        checks += [*map(step_json, steps), *(_as_json(Check(name, "skipped", NO_UNIT)) for name in NEEDS_UNIT)]
    else:
        checks += _with_unit(args)
    ok = not any(check["state"] == "error" for check in checks)
    payload = {"ok": ok, "checks": checks, "versions": versions()}
    if args.support is not None:
        payload["support"] = str(args.support)
    return Answer(payload, list(_in_words(checks)), OK if ok else NO)


def step_json(step: DoctorStep) -> dict[str, Any]:
    """A step of the token doctor as docs/cli.md tells it."""
    told = asdict(step)
    return {"name": told.pop("name"), "state": told.pop("state"), "message": told.pop("found"), **told}


def _as_json(check: Check) -> dict[str, Any]:
    return {**check._asdict(), "repair": repairs(str(check.detail.get("code", "")))}


def _in_words(checks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    marks = {"ok": "  được", "warning": "  CHÚ Ý", "error": "  LỖI", "skipped": "  bỏ qua"}
    for check in checks:
        subject = check.get("about", "")
        about = f" «{subject}»" if subject and subject not in check["message"] else ""
        name = f"{check.get('title') or check['name']}{about}"
        yield f"{marks[check['state']]:9} {name}: {check['message']}"
        if check["state"] in {"warning", "error"}:
            yield from (f"            {number}. {todo}" for number, todo in enumerate(check["repair"], 1))


def _tokens(args: Namespace, store: Store | None) -> list[DoctorStep]:
    """The token doctor; with --test-sign one signature more, with --support the file."""
    doctoring = Doctoring(None if store is None else lambda: store, _chosen(args.module))
    report = doctoring.examine()
    steps = [*report.steps]
    if args.test_sign:
        typed = any(token.serial == args.test_sign and not token.pin_pad for token in report.tokens)
        pin = ask(args, "Mã PIN") if typed else None
        steps.append(doctoring.test_sign(args.test_sign, pin, final_try=args.final_try))
    if args.support is not None:
        doctoring.write_support(args.support, replace(report, steps=tuple(steps)))
    return steps


def _chosen(files: Sequence[Path]) -> Callable[[], Sequence[ModuleFile]] | None:
    return (lambda: [look_at(path) for path in files]) if files else None


def _program() -> Iterator[Check]:
    yield Check("versions", "ok", f"Vùng Xa {__version__}, Python {platform.python_version()}, {platform.system()}.")
    pack = load_pack()
    yield Check("forms", "ok", f"Bộ mẫu {pack.version}, {len(pack.forms)} mẫu.", {"pack": pack.version})
    try:
        yield Check("fonts", "ok", "Đủ phông chữ để in.", {"folder": str(font_dir())})
    except AssetMissingError:
        yield Check("fonts", "error", "Thiếu phông chữ đi kèm nên không in được. Cài lại chương trình.")


def _with_unit(args: Namespace) -> list[dict[str, Any]]:
    disk = _as_json(_disk(args.home))
    with ExitStack() as unit:
        try:
            store = unit.enter_context(opened_store(args, Act.READ))
        except VungXaError as error:
            told = [Check("store", "error", error.message, {"code": error.code})]
            told += [Check(name, "skipped", "Chưa mở được kho dữ liệu.") for name in NEEDS_UNIT[1:]]
            return [*map(step_json, _tokens(args, None)), disk, *map(_as_json, told)]
        steps = _tokens(args, store)
        return [*map(step_json, steps), disk, _as_json(_store(store)), *map(_as_json, _gateway(store))]


def _disk(home: Path) -> Check:
    free = shutil.disk_usage(home if home.exists() else Path.cwd()).free
    state = "ok" if free > LOW_DISK else "warning"
    words = "Đĩa còn đủ chỗ." if state == "ok" else "Đĩa sắp đầy. Xóa bớt tệp không dùng."
    return Check("disk", state, words, {"free_bytes": free})


def _store(store: Store) -> Check:
    try:
        damage = store.check()
    except VungXaError as error:
        return Check("store", "error", error.message, {"code": error.code})
    if damage:
        return Check(
            "store",
            "error",
            "Kho dữ liệu có chỗ hỏng. Sao chép thư mục ra nơi khác rồi gọi hỗ trợ.",
            {"count": len(damage)},
        )
    return Check("store", "ok", f"Kho dữ liệu của {store.unit.get().name} lành lặn, nhật ký liền mạch.")


def _gateway(store: Store) -> Iterator[Check]:
    try:
        wire = make_wire(enrolled(store))
    except NotEnrolled as error:
        yield Check("gateway", "warning", error.message, {"code": error.code})
        yield Check("clock", "skipped", "Chưa đăng ký nên chưa so được đồng hồ.")
        return
    try:
        health = wire.health()
    except VungXaError as error:
        yield Check("gateway", "warning", error.message, {"code": error.code})
        yield Check("clock", "skipped", "Chưa nối được nên chưa so được đồng hồ.")
        return
    finally:
        wire.close()
    yield Check("gateway", "ok", "Nối được với Kho bạc, đúng máy chủ đã đăng ký.", {"version": health.version})
    yield _clock(health.time)


def _clock(told: str) -> Check:
    skew = round((datetime.now(UTC) - datetime.fromisoformat(told)).total_seconds())
    detail = {"skew_seconds": skew}
    if abs(skew) < SKEW_WARNING:
        return Check("clock", "ok", "Đồng hồ máy đúng.", detail)
    state = "warning" if abs(skew) < SKEW_ERROR else "error"
    return Check(
        "clock", state, f"Đồng hồ máy lệch {abs(skew)} giây so với Kho bạc. Chỉnh lại ngày giờ rồi ký tiếp.", detail
    )
