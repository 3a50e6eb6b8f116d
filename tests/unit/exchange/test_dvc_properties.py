"""Proofs by many examples: what any exporter can write comes back whole, and no damage gives anything but a refusal."""

from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.exchange.dvc import DvcResult, read_dvc
from desktop.exchange.errors import DvcError
from tests.unit.exchange.vouchers import C202A, LINE_C202, Scalar, saved, voucher, zipped

QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
DAMAGE = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=60).map(
    lambda text: f"Chi {text} hết"
)
DIGITS = st.text("0123456789", min_size=4, max_size=20)
AMOUNTS = st.integers(0, 10**12)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
GOOD = voucher(C202A, [LINE_C202, LINE_C202])
GOOD_ZIP = zipped(("C202aRDT0012.xml", GOOD))


def as_double(amount: int, form: int) -> Scalar:
    return ("double", (str(amount), f"{amount}.0", f"{amount:.12E}")[form])


def milliseconds(day: date) -> str:
    return str(((day - date(1970, 1, 1)) // timedelta(days=1)) * 86_400_000 - 7 * 3_600_000)


@QUIET
@given(
    lines=st.lists(st.tuples(TEXT, DIGITS, AMOUNTS, st.integers(0, 2)), max_size=6),
    day=DAYS,
    payee=TEXT,
    account=DIGITS,
    order=st.randoms(use_true_random=False),
)
def test_what_is_written_comes_back(
    tmp_path: Path, lines: list[tuple[str, str, int, int]], day: date, payee: str, account: str, order: object
) -> None:
    header = {
        **C202A,
        "ngayChungTu": ("timestamp", milliseconds(day)),
        "dvNhantienTen": ("string", payee),
        "dvNhantienSotkSo": ("string", account),
        "tongSoTien": ("double", str(sum(amount for _, _, amount, _ in lines))),
    }
    items = list(header.items())
    order.shuffle(items)  # type: ignore[attr-defined]
    rows = [
        {"noiDung": ("string", text), "dmNdkt": ("string", econ), "soTien": as_double(amount, form)}
        for text, econ, amount, form in lines
    ]
    result = read_dvc(saved(tmp_path, voucher(dict(items), rows)))
    assert (result.date, result.total) == (day.isoformat(), sum(amount for _, _, amount, _ in lines))
    assert (result.document.fields["payee_name"], result.document.fields["payee_account"]) == (payee, account)
    expected = [{"content": text, "econ": econ, "amount": amount} for text, econ, amount, _ in lines]
    assert result.document.tables["lines"] == expected
    assert result.differences == []


def read_or_refuse(folder: Path, content: bytes) -> DvcResult | DvcError:
    try:
        return read_dvc(saved(folder, content))
    except DvcError as refusal:
        return refusal


def assert_answered(answer: DvcResult | DvcError) -> None:
    if isinstance(answer, DvcError):
        assert answer.code.isidentifier()
        assert answer.message.endswith(".")
    else:
        assert answer.total >= 0


@DAMAGE
@given(place=st.integers(0, len(GOOD) - 1), inserted=st.binary(max_size=8), removed=st.integers(0, 40))
def test_a_damaged_xml_is_read_or_refused(tmp_path: Path, place: int, inserted: bytes, removed: int) -> None:
    assert_answered(read_or_refuse(tmp_path, GOOD[:place] + inserted + GOOD[place + removed :]))


@DAMAGE
@given(place=st.integers(0, len(GOOD_ZIP) - 1), inserted=st.binary(max_size=8), removed=st.integers(0, 40))
def test_a_damaged_zip_is_read_or_refused(tmp_path: Path, place: int, inserted: bytes, removed: int) -> None:
    assert_answered(read_or_refuse(tmp_path, GOOD_ZIP[:place] + inserted + GOOD_ZIP[place + removed :]))


@QUIET
@given(end=st.integers(1, len(GOOD) - 2))
def test_a_cut_xml_is_always_refused(tmp_path: Path, end: int) -> None:
    assert isinstance(read_or_refuse(tmp_path, GOOD[:end]), DvcError)


@DAMAGE
@given(
    st.recursive(
        st.sampled_from(["", "<string>a</string>", "<double>1</double>", "<long/>", "<null/>", "x", "&amp;"]),
        lambda inner: st.builds(
            lambda start, body: f"<{start}>{body}</{start.split()[0]}>",
            st.sampled_from(
                [
                    'void property="a"',
                    'void property="soTien"',
                    'void method="add"',
                    'object class="java.util.ArrayList"',
                    'object class="dvc.service.custom.TemplateChungTu"',
                    'object class="dvc.service.custom.TemplateChungTuGt"',
                    'object class="java.sql.Timestamp"',
                    'object class="java.lang.Runtime"',
                    'java class="java.beans.XMLDecoder"',
                    "array",
                ]
            ),
            st.lists(inner, max_size=3).map("".join),
        ),
        max_leaves=12,
    )
)
def test_any_nesting_of_the_language_is_read_or_refused(tmp_path: Path, document: str) -> None:
    assert_answered(read_or_refuse(tmp_path, document.encode()))
