"""`vungxa check`: foreign JSON in, an answer out, whatever it holds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.dossier.document import Document
from desktop.dossier.forms import Form
from desktop.dossier.pack import load_pack
from desktop.dossier.rules import CheckContext, parse_document
from desktop.dossier.rules.report import UnreadableDocument, check_json
from tests.fixtures.forms_filled import filled
from tests.unit.dossier.samples import LIST, ORDER, SETTLEMENT, WITH_LIST, WITHDRAWAL

GOOD: dict[str, Any] = WITHDRAWAL.model_dump(exclude={"flags"})


def altered(**parts: object) -> dict[str, Any]:
    return {**json.loads(json.dumps(GOOD)), **parts}


def line(**cells: object) -> dict[str, Any]:
    return altered(tables={"lines": [{**GOOD["tables"]["lines"][0], **cells}]})


def problems(answer: dict[str, Any]) -> list[tuple[str, str, dict[str, object]]]:
    return [(item["rule"], item["level"], item["where"]) for item in answer["problems"]]


@pytest.mark.parametrize("name", ["C2-02a/NS", "M13", "13", "c2-02a/ns"])
def test_a_good_form_is_ok_under_any_of_its_names(name: str) -> None:
    answer = check_json(altered(form=name))
    assert answer["ok"] is True
    assert answer["form"] == "C2-02a/NS"
    assert answer["problems"] == []


@pytest.mark.parametrize("document", [ORDER, SETTLEMENT, LIST], ids=lambda item: item.form)
def test_the_other_forms_are_ok_too(document: Document) -> None:
    assert check_json(document.model_dump())["ok"] is True


def test_computed_holds_totals_and_words_by_every_name() -> None:
    words = "Mười lăm triệu bốn trăm nghìn đồng chẵn"
    assert check_json(GOOD)["computed"] == {
        "totals": {"lines.amount": 15_400_000},
        "subtotals": {},
        "amount_in_words": {"total_words": words},
        "total": 15_400_000,
        "total_words": words,
    }


def test_computed_follows_the_form() -> None:
    settled: Any = check_json(SETTLEMENT.model_dump())["computed"]
    assert (settled["requested_total"], settled["requested_total_words"]) == (7_000_000, "Bảy triệu đồng chẵn")
    listed: Any = check_json(LIST.model_dump())["computed"]
    assert listed["subtotals"]["lines.amount"]["others"] == 6_400_000


AMOUNT = {"table": "lines", "row": 0, "column": "amount"}


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (line(amount=15_400_000.5), [("type", "error", AMOUNT)]),
        (line(amount=15_400_000.0), [("type", "error", AMOUNT)]),
        (line(amount=float("nan")), [("type", "error", AMOUNT)]),
        (line(amount="15400000"), [("type", "error", AMOUNT)]),
        (line(amount=True), [("type", "error", AMOUNT)]),
        (line(amount=[1]), [("type", "error", AMOUNT)]),
        (line(amount=10**400), [("type", "error", AMOUNT)]),
        (line(amount=-1), [("R-058", "error", AMOUNT)]),
        (line(amount=None), [("required", "error", AMOUNT)]),
        (line(econ=6501), [("type", "error", {**AMOUNT, "column": "econ"})]),
        (line(econ="9999"), [("code", "warning", {**AMOUNT, "column": "econ"})]),
        (altered(tables={"lines": {}}), [("type", "error", {"table": "lines"})]),
        (altered(tables={"lines": []}), [("required", "error", {"table": "lines"})]),
        (altered(tables={"lines": None}), [("required", "error", {"table": "lines"})]),
        (altered(tables=None), [("required", "error", {"table": "lines"})]),
        (altered(tables=[1]), [("type", "error", {"field": "tables"}), ("required", "error", {"table": "lines"})]),
        (altered(flags={"confidential": "yes"}), [("type", "error", {"field": "confidential"})]),
        (altered(flags=None), []),
        (altered(comment="x"), [("unknown", "warning", {})]),
        (altered(choices={**GOOD["choices"], "payment_mode": None}), [("M13-1", "error", {"field": "payment_mode"})]),
        (
            altered(choices={**GOOD["choices"], "payment_mode": ["transfer", "cash"]}),
            [("M13-1", "error", {"field": "payment_mode"})],
        ),
        (altered(choices={**GOOD["choices"], "payment_mode": 1}), [("type", "error", {"field": "payment_mode"})]),
        (altered(choices={**GOOD["choices"], "contract_kind": "hop_dong"}), []),
        (altered(fields={**GOOD["fields"], "address": {"street": 1}}), [("type", "error", {"field": "address"})]),
        (altered(fields={**GOOD["fields"], "qr_code": "", "dossier_code": None, "contract_no": " "}), []),
        ({"form": "M34"}, [("form", "error", {})]),
        ({"form": 13}, [("form", "error", {})]),
        ({}, [("form", "error", {})]),
    ],
)
def test_wrong_values_become_problems_at_their_place(value: object, found: list[object]) -> None:
    assert problems(check_json(value)) == found


@pytest.mark.parametrize(
    ("value", "rule", "also"),
    [
        (altered(fields={**GOOD["fields"], "total": 1}), "M13-6", {"R-058", "R-902"}),
        (altered(fields={**GOOD["fields"], "payee_bank": None}), "M13-7", {"R-068", "required"}),
        (altered(fields={**GOOD["fields"], "contract_no": "1"}), "M13-2", {"R-057", "required"}),
        (altered(fields={**GOOD["fields"], "address": ""}), "required", {"R-004"}),
        (altered(choices={}), "M13-1", {"R-069", "required"}),
        (altered(choices={**GOOD["choices"], "payment_mode": ["cash", "transfer"]}), "M13-1", {"R-069"}),
        (line(amount=0), "R-058", set()),
        (
            LIST.model_copy(update={"tables": {"lines": [{"name": "A", "group": "others"}]}}).model_dump(),
            "M20-5",
            {"required", "R-004"},
        ),
        ({"documents": [SETTLEMENT.model_dump(), GOOD]}, "M10-4", {"R-083"}),
    ],
)
def test_what_the_law_says_twice_is_said_once_under_every_name(value: object, rule: str, also: set[str]) -> None:
    found: Any = check_json(value)["problems"]
    assert {name for item in found if item["rule"] == rule for name in item["also"]} == also


def test_rows_that_are_no_rows_are_named_once() -> None:
    answer = check_json(altered(tables={"lines": [5, GOOD["tables"]["lines"][0], "x"]}))
    rows = [(rule, where.get("row")) for rule, _, where in problems(answer)]
    assert rows == [("type", 0), ("type", 2)]


def test_too_many_rows_are_not_kept() -> None:
    document, found = parse_document(altered(tables={"lines": GOOD["tables"]["lines"] * 6000}))
    assert document is not None
    assert len(document.tables["lines"]) == 5000
    assert [item.rule for item in found] == ["too_long"]


@pytest.mark.parametrize("value", [None, 5, "x", [], [GOOD], True])
def test_only_what_is_no_object_is_unreadable(value: object) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        check_json(value)
    assert caught.value.code == "not_a_document"
    assert parse_document(value)[0] is None


def test_several_documents_are_checked_against_each_other() -> None:
    short = LIST.model_dump() | {"tables": {"lines": LIST.tables["lines"][:1]}}
    answer = check_json({"documents": [WITH_LIST.model_dump(), short]})
    assert answer["form"] == ["C2-02a/NS", "M20"]
    errors = [item for item in problems(answer) if item[1] == "error"]
    assert errors == [("M20-2", "error", {"document": 1, "table": "lines", "column": "amount"})]
    assert check_json({"documents": [WITH_LIST.model_dump(), LIST.model_dump()]})["ok"] is True


SCAN = {"name": "hd.pdf", "sha256": "a" * 64, "size": 11 * 2**20, "media_type": "application/pdf"}


@pytest.mark.parametrize(
    ("beside", "found"),
    [
        ({"state_secret": True}, ("R-002", "error", {})),
        ({"attachments": [SCAN]}, ("R-900", "error", {})),
        ({"attachments": [{**SCAN, "size": -1}]}, ("type", "error", {"field": "attachments", "row": 0})),
        ({"attachments": 5}, ("type", "error", {"field": "attachments", "row": 0})),
        ({"colour": "red"}, ("unknown", "warning", {})),
        ({"case": 3}, ("type", "error", {"field": "case"})),
    ],
)
def test_what_stands_beside_the_documents_is_checked_too(beside: dict[str, Any], found: object) -> None:
    assert problems(check_json({"documents": [GOOD], **beside})) == [found]
    assert check_json({"documents": [GOOD], "state_secret": False, "attachments": []})["problems"] == []


def test_what_a_dossier_is_for_may_be_told() -> None:
    request = {"form": "I04A"}
    answer = check_json({"documents": [request], "procedure": "P8"}, CheckContext(today="2026-02-01"))
    assert ("R-015", "hint", {}) in problems(answer)


def test_every_problem_names_its_article() -> None:
    found: Any = check_json({"documents": [{"form": "M13"}, {"form": "I04A"}]})["problems"]
    assert [item["rule"] for item in found if "Điều" not in item["article"] and "Mẫu" not in item["article"]] == []
    assert {item["article"] for item in found if item["rule"] == "I04A-1"} == {"Mẫu 04.a/TT (đặc tả hệ thống Kho bạc)"}


def test_a_strange_document_among_several_keeps_its_position() -> None:
    answer = check_json({"documents": [GOOD, {"form": "M99"}, 7, line(amount=1.5)]})
    found = problems(answer)
    assert ("form", "error", {"document": 1}) in found
    assert ("form", "error", {"document": 2}) in found
    assert ("type", "error", {"document": 3, **AMOUNT}) in found
    assert answer["computed"][1] == {}  # type: ignore[index]


def test_more_documents_than_a_dossier_takes_are_refused_aloud() -> None:
    answer = check_json({"documents": [{"form": "M13"}] * 101})
    assert ("too_long", "error", {}) in problems(answer)
    assert len(answer["computed"]) == 100  # type: ignore[arg-type]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["6501", "cash"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=3,
)


def of_form(form: Form) -> st.SearchStrategy[dict[str, Any]]:
    """Documents of a form with its own blanks, boxes and tables, and a few that it does not have."""
    keys = st.sampled_from([*form.fields_by_key, *form.choices_by_key, "total", "zz"])
    options = st.sampled_from(["x", *(option.value for choice in form.choices for option in choice.options)])
    columns = sorted({"group", "zz", *(column.key for table in form.line_tables for column in table.columns)})
    rows = st.lists(st.dictionaries(st.sampled_from(columns), VALUES, max_size=6) | VALUES, max_size=3)
    tables = dict.fromkeys([*form.tables_by_key, "other"], rows | VALUES)
    return st.fixed_dictionaries(
        {"form": st.just(form.id)},
        optional={
            "fields": st.dictionaries(keys, VALUES, max_size=8) | VALUES,
            "choices": st.dictionaries(keys, options | VALUES, max_size=4) | VALUES,
            "tables": st.fixed_dictionaries({}, optional=tables) | VALUES,
            "flags": st.dictionaries(st.sampled_from(["confidential", "x"]), VALUES) | VALUES,
        },
    )


ANYTHING = st.sampled_from(load_pack().forms).flatmap(of_form)


def test_a_choice_of_several_boxes_takes_a_list() -> None:
    registration = filled("M24").model_dump(exclude={"flags"})
    registration["choices"] = {"request_kind": ["legal_file_change", "signature_change"]}
    document, found = parse_document(registration)
    assert found == []
    assert document == filled("M24")


def test_a_box_that_is_a_blank_of_the_form_is_found_there() -> None:
    table = filled("M26").model_dump(exclude={"flags"})
    table["choices"] = {"quarter": table["fields"].pop("quarter")}
    assert parse_document(table) == (filled("M26"), [])


@given(ANYTHING)
def test_no_content_breaks_the_check(value: dict[str, Any]) -> None:
    answer = check_json(value)
    assert answer["ok"] is not any(level == "error" for _, level, _ in problems(answer))
    assert json.loads(json.dumps(answer, ensure_ascii=False)) == answer


@given(st.lists(ANYTHING, max_size=3))
def test_no_dossier_breaks_the_check(values: list[dict[str, Any]]) -> None:
    answer = check_json({"documents": values})
    assert all(item["message"] for item in answer["problems"])  # type: ignore[attr-defined]
    assert isinstance(answer["ok"], bool)


@given(VALUES | ANYTHING)
def test_parsing_never_raises(value: object) -> None:
    document, found = parse_document(value)
    assert document is not None or found
