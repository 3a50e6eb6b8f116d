"""The wire: models, limits and header names that the client and the gateway share. The words are in docs/protocol.md.

Only pydantic and the standard library may be imported here, since both sides load it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

VERSION = 1
BATCH_MEDIA_TYPE = "application/vnd.vungxa.batch+zstd"
PART_MEDIA_TYPE = "application/offset+octet-stream"
TIMESTAMP_QUERY_TYPE = "application/timestamp-query"
TIMESTAMP_ANSWER_TYPE = "application/timestamp-reply"
OFFSET_HEADER = "Upload-Offset"
LENGTH_HEADER = "Upload-Length"

MAX_BATCH_PACKAGES = 25
MAX_BATCH_BYTES = 256 * 1024
"""Upper limit the gateway accepts for one compressed batch; the client aims at 32 KB."""
MAX_BATCH_RAW_BYTES = 4 * 1024 * 1024
MAX_PART_BYTES = 10 * 1024 * 1024

Hex64 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Base64 = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]*={0,2}$")]


class Wire(BaseModel):
    """Base of every wire model: unknown fields are ignored so that an old client can read a newer gateway."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class OutcomeKind(StrEnum):
    """The closed list of what the gateway can say about one package."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    WORKING = "working"
    REFUSED = "refused"
    LATER = "later"
    UNKNOWN = "unknown"


class SignedStatement(Wire):
    """Canonical JSON text and an Ed25519 signature over its UTF-8 bytes, prefixed by the context (docs/protocol.md).

    `key_id` is the first 16 hex digits of the SHA-256 of the raw public key; `signature` is base64 of 64 bytes.
    """

    payload: str
    key_id: str
    signature: Base64


class Outcome(Wire):
    """What became of one package.

    accepted / duplicate carry the receipt; working lists `missing` parts that must still be sent (may be empty: ask
    again); refused is for ever and carries code and message; later says after how many seconds to try; unknown: the
    gateway never stored this id.
    """

    package_id: Hex64
    kind: OutcomeKind
    receipt: SignedStatement | None = None
    missing: list[Hex64] = Field(default_factory=list)
    code: str = ""
    message: str = ""
    retry_after: int = Field(default=0, ge=0)


class BatchAnswer(Wire):
    """Answer to POST /v1/packages and POST /v1/outcomes: one outcome per package asked about, in order."""

    outcomes: list[Outcome]


class OutcomesRequest(Wire):
    """Ask what became of up to 200 packages."""

    package_ids: list[Hex64] = Field(max_length=200)


class EnrolmentRequest(Wire):
    """Register this device for a unit with a one-time code; `public_key` is the raw Ed25519 key, base64."""

    code: str
    public_key: Base64
    device_name: str = ""


class EnrolmentAnswer(Wire):
    """The device's identity and the Treasury's statement keys by key_id (raw Ed25519, base64)."""

    device_id: str
    unit_code: str
    statement_keys: dict[str, Base64]


class SessionRequest(Wire):
    """Proof of possession: Ed25519 signature by the device key over the canonical text of docs/protocol.md."""

    device_id: str
    time: str
    nonce: str = Field(min_length=16, max_length=64)
    signature: Base64


class SessionAnswer(Wire):
    """A bearer token for `expires_in` seconds and the gateway's clock (ISO-8601 UTC)."""

    token: str
    expires_in: int
    time: str


class FeedPage(Wire):
    """Signed events after a cursor, oldest first; `cursor` is to be asked with next; `more` when another page waits."""

    events: list[SignedStatement]
    cursor: int
    more: bool


class ErrorBody(Wire):
    """Every non-2xx answer: stable code, Vietnamese message, seconds to wait (0: policy of the client)."""

    code: str
    message: str
    retry_after: int = 0
    time: str = ""


class Health(Wire):
    """Answer to GET /v1/health: enough to tell the gateway from a captive portal, and to measure clock skew."""

    service: Literal["vungxa-gateway"] = "vungxa-gateway"
    version: int
    time: str


class Receipt(Wire):
    """Payload of a statement with context "receipt": the gateway stored this package whole and verified it."""

    kind: Literal["receipt"] = "receipt"
    package_id: Hex64
    unit_code: str
    received_at: str
    receipt_no: str
    objects: dict[str, Hex64]
    """Data object name to SHA-256, as the gateway stored them."""
    signers: int


class Head(Wire):
    """The last entry of a machine's journal at some moment: its number, and the hash that chains all before it."""

    seq: int = Field(ge=0, lt=2**53)
    hash: Hex64


class HeadRequest(Wire):
    """A sealed head: `seal` is the canonical JSON of docs/protocol.md, section 12, `signature` the device key's.

    `after` is the head that this journal was last countersigned at, (0, zeros) for none.
    """

    seal: str = Field(max_length=1024)
    signature: Base64 = Field(max_length=88)
    after: Head


class SealedHead(Wire):
    """What a device seals: after entry `seq` of its journal, at `at`, for `cause` (sync, backup, restore, asked)."""

    kind: Literal["journal"]
    unit: str = Field(max_length=32)
    device: str = Field(max_length=64)
    seq: int = Field(ge=0, lt=2**53)
    hash: Hex64
    at: str = Field(max_length=32)
    cause: str = Field(max_length=32)


class JournalHead(Wire):
    """Payload of a statement with context "journal": the gateway saw this head of a device's journal.

    `known`: next continues what was told before, same is the last head again, forked contradicts it. `last` is the head
    told before this one, (0, zeros) for none.
    """

    kind: Literal["journal_head"] = "journal_head"
    unit: str
    device: str
    seq: int
    hash: Hex64
    received_at: str
    known: Literal["next", "same", "forked"]
    last: Head


class HeadsPage(Wire):
    """Countersigned heads of one device, newest first; `before` is to be asked with next, 0 at the end."""

    heads: list[SignedStatement]
    before: int = 0


class DecisionKind(StrEnum):
    """What the Treasury decided, or where it stands.

    `paid` is the good end of every procedure (paid, registered, closed, booked, reconciled); `mismatch` answers a table
    of reconciliation whose figures differ (NĐ 347/2025 Điều 10.2.c) and asks for another, it is no supplement request.
    """

    IN_CONTROL = "in_control"
    PAID = "paid"
    RETURNED = "returned"
    SUPPLEMENT = "supplement"
    MISMATCH = "mismatch"


class Figure(Wire):
    """One blank or cell as the Treasury writes it: what it alone fills, what it accepts, or what differs in its books.

    `document` counts from 0 in the order of the package. `table` "" names a blank of the form by `key`; else `key` is a
    column and `row` a line from 0, -1 the total row. A row beyond the unit's own lines stands only in the Treasury's
    books. Money is VND, a date "YYYY-MM-DD", as in a document.
    """

    document: int = Field(ge=0)
    table: str = ""
    row: int = Field(default=-1, ge=-1)
    key: str
    value: str | int


class Decision(Wire):
    """Feed event: the Treasury's word on a package. `official_code` is the mã số hồ sơ, `amount` VND accepted."""

    kind: Literal["decision"] = "decision"
    seq: int
    at: str
    package_id: Hex64
    decision: DecisionKind
    official_code: str
    reason: str = ""
    amount: int = 0
    figures: list[Figure] = Field(default_factory=list)


class BalanceChange(Wire):
    """Feed event: money moved on one account, source and sector. `delta`, `remaining` in VND (delta < 0: spending).

    `given` is what the line was given in all, VND, when this event is a grant (Mẫu 22); `delta` is then 0.
    """

    kind: Literal["balance"] = "balance"
    seq: int
    at: str
    package_id: Hex64 | None = None
    budget_year: int
    account: str
    source: str
    sector: str
    delta: int
    remaining: int
    given: int | None = None


class PaperNotice(Wire):
    """Feed event: a paper that only others write, to be shown: a collector's receipt (Mẫu 04-07), a refusal (Mẫu 33).

    `form` is the form's id, `pack` the version of the form pack, `document` the filled form as data (its `fields`,
    `choices` and `tables`). `package_id` names the dossier it is about; a Mẫu 33 also names it by `dossier_no`.
    """

    kind: Literal["paper"] = "paper"
    seq: int
    at: str
    package_id: Hex64 | None = None
    form: str
    pack: str
    document: dict[str, Any]
    dossier_no: str = ""


class RefundStatus(StrEnum):
    """Where a refund of revenue stands: the Treasury has the order, booked it, the money arrived, or it came back."""

    RECEIVED = "received"
    BOOKED = "booked"
    CREDITED = "credited"
    FAILED = "failed"


class RefundNotice(Wire):
    """Feed event: a refund of budget revenue (P2), which the unit only follows. The newest event of an order counts.

    `order_no` and `order_date` ("YYYY-MM-DD") name the Lệnh hoàn trả, `amount` is VND, `credited_at` the instant when
    the payee's account was credited or "".
    """

    kind: Literal["refund"] = "refund"
    seq: int
    at: str
    order_no: str
    order_date: str
    amount: int
    status: RefundStatus
    credited_at: str = ""
    payee_name: str = ""
    payee_account: str = ""
    payee_bank: str = ""
    content: str = ""
    reason: str = ""


class PackNotice(Wire):
    """Feed event: a signed form pack to fetch with GET /v1/packs/{sha256}; `size` in bytes, `valid_from` a date."""

    kind: Literal["pack"] = "pack"
    seq: int
    at: str
    version: str
    sha256: Hex64
    size: int = Field(ge=0)
    valid_from: str


KnownEvent = Decision | BalanceChange | PaperNotice | RefundNotice | PackNotice
FeedEvent = Annotated[KnownEvent, Field(discriminator="kind")]
"""What a feed statement's payload may be, as far as this version knows."""


class OtherEvent(Wire):
    """A feed event of a kind or with a word of a later version: kept as it came, told to nobody."""

    kind: str
    seq: int
    at: str
