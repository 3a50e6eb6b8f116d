"""`vungxa init` and `enrol`: make a unit's store on this machine and register the machine at the Treasury."""

from __future__ import annotations

from argparse import Namespace
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from desktop.commands.answer import Answer
from desktop.commands.duties import duties_of
from desktop.commands.opening import opened_store
from desktop.commands.reading import FileProblem, read_json_object
from desktop.commands.secrets import ask
from desktop.desk.connection import enrol_device, enrolled
from desktop.desk.errors import DeskError
from desktop.desk.units_here import UnitsHere
from desktop.desk.user_edits import user_of
from desktop.desk.users_desk import COST
from desktop.dossier.duties import Act, Duty
from desktop.dossier.people import EstimateLine, Person, Unit
from desktop.dossier.registration import Delegation
from desktop.dossier.unit_file import refuse_strangers, told_apart
from desktop.dossier.users import User
from desktop.dossier.users_views import UserEdit
from desktop.store.keys import tune
from desktop.store.packs import PackFolder
from desktop.store.store import Store


class UnitFile(BaseModel):
    """What `unit.json` holds: the unit, its people with their certificates, who signs in whose place, its estimates."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: Unit
    people: Annotated[list[Person], AfterValidator(told_apart)] = Field(min_length=1)
    delegations: list[Delegation] = []
    estimates: list[EstimateLine] = []

    @field_validator("delegations")
    @classmethod
    def _among_its_people(cls, delegations: list[Delegation], info: ValidationInfo) -> list[Delegation]:
        refuse_strangers(info.data.get("people", []), delegations)
        return delegations


def init(args: Namespace) -> Answer:
    """Creates the encrypted store of a unit. Raises FileProblem, StoreError, DeskError of the first user."""
    try:
        values = UnitFile.model_validate(read_json_object(args.unit))
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise FileProblem(
            "bad_unit", f"Tệp {args.unit.name} chưa đúng ở mục «{place}». Xem docs/cli.md rồi sửa tệp."
        ) from error
    password = ask(args, "Mật khẩu", twice=True)
    first = _first_user(args)
    cost = tune()
    made = Store.create(args.home, password, values.unit, values.people, first=first, kdf=cost)
    with made as store, store.transaction():
        store.settings.set(COST, cost.model_dump_json())
        store.estimates.load(values.estimates)
        for delegation in values.delegations:
            store.registrations.delegate(delegation, "")
    UnitsHere().remember(args.home, values.unit)
    payload = {"ok": True, "home": str(args.home), "unit": values.unit.code, "user": first.user_id if first else ""}
    return Answer(payload, [f"Đã tạo kho dữ liệu của {values.unit.name}."])


def _first_user(args: Namespace) -> User | None:
    """Whose password it is; None for one that all share. Raises DeskError bad_user, duties_conflict, bad_arguments."""
    if not args.user:
        if args.duty or args.person:
            raise DeskError("bad_arguments", "Cho biết họ tên người dùng đầu tiên bằng --user.")
        return None
    return user_of(UserEdit(args.user, duties_of(args.duty) or (Duty.ADMINISTRATOR,), args.person), "u1")


def enrol(args: Namespace) -> Answer:
    """Registers this machine with its one-time code. Raises EnrolError, WireError, DeskError, StoreError."""
    password = ask(args, "Mật khẩu")
    code = ask(args, "Mã đăng ký một lần")
    with opened_store(args, Act.UNITS, password=password) as store:
        device_id = enrol_device(store, args.url, args.pin, code)
        keys = enrolled(store).statement_keys
    return Answer({"ok": True, "device_id": device_id}, ["Đã đăng ký máy này với Kho bạc.", *_remembered(keys)])


def _remembered(keys: dict[str, str]) -> list[str]:
    """Lets commands that open no unit check a form pack; the registration stands without it too."""
    try:
        PackFolder().pin(keys)
    except OSError:
        return ["Chưa ghi được khóa của Kho bạc cho cả máy. Khi nhập bộ mẫu, thêm --home THƯ_MỤC."]
    return []
