"""A filled form (chứng từ), a dossier (hồ sơ) of them, and a problem found in either: the shapes every room shares."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

Value = str | int | bool | None
Row = dict[str, Value]


class Document(BaseModel):
    """One filled form, keyed as in the form definition.

    `form` is the form's symbol, or its id where it has none ("C2-02a/NS", "M20"). Money is int VND, a date is
    "YYYY-MM-DD", a year int, codes are text. Foreign money is text with two decimals ("1234.50"), a rate is text
    ("25450.5"), a tick True. A choice of several boxes holds their values joined by a space. `fields` holds header,
    beneficiary and remittance fields. Rows of a table with groups carry "group". `flags` holds what is not printed,
    e.g. {"confidential": true} (rule R-053).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: str
    fields: dict[str, Value] = Field(default_factory=dict)
    choices: dict[str, str] = Field(default_factory=dict)
    tables: dict[str, list[Row]] = Field(default_factory=dict)
    flags: dict[str, bool] = Field(default_factory=dict)


class Attachment(BaseModel):
    """A scan or file that travels with a dossier, named by content; `size` in bytes, `sha256` lower-case hex."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size: int = Field(ge=0)
    media_type: str
    component: str = ""


class Dossier(BaseModel):
    """A draft or frozen dossier; `number` is the unit's own short number, never the Treasury's mã số hồ sơ.

    `case` is a case of its procedure ("P3-a3"), "a" when it is not known; `purpose` what the preparer set out to do and
    `answers` what was answered then, by question; `pack` the version of the form pack it was drafted under. `on_file`
    names components the Treasury already has (NĐ 347 Điều 3.8); `copied_from` the dossier it was made from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    local_id: str
    number: str
    title: str
    procedure: str = "P3"
    case: str = "a"
    purpose: str = ""
    answers: dict[str, str] = Field(default_factory=dict)
    pack: str = "347-2025"
    documents: tuple[Document, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    on_file: tuple[str, ...] = ()
    state_secret: bool = False
    urgent: bool = False
    replaces: str | None = None
    copied_from: str | None = None


class Level(StrEnum):
    """How strongly a problem is meant; only ERROR stops submission (DESIGN: lỗi, nên kiểm tra, gợi ý)."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Where(BaseModel):
    """The exact place of a problem; `document` and `row` count from 0, None where it does not apply."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: int | None = None
    field: str | None = None
    table: str | None = None
    row: int | None = None
    column: str | None = None


class Problem(BaseModel):
    """One finding of the check: `rule` is "R-…", "M13-…", or a general id such as "required", "type", "unknown".

    `also` names the other rules it breaks at once: the law says many things twice, the check says them once.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    level: Level
    where: Where = Where()
    message: str
    also: tuple[str, ...] = ()
