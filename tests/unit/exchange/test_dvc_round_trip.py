"""Proofs that importing our own export gives exactly what the old format carries, for every kind of file."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.dossier.document import Document
from desktop.exchange.dvc import read_dvc
from desktop.exchange.dvc_export import carried, export_dvc, lost
from desktop.exchange.dvc_investment import MAPPINGS
from tests.unit.exchange.dvc_documents import documents

QUIET = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
KINDS = sorted(MAPPINGS)


@pytest.mark.parametrize("kind", KINDS)
@QUIET
@given(data=st.data())
def test_the_export_comes_back_as_what_it_carries(tmp_path: Path, kind: str, data: st.DataObject) -> None:
    document = data.draw(documents(MAPPINGS[kind].form_id))
    exported = export_dvc(document, report=kind)
    path = tmp_path / f"{exported.name}.zip"
    path.write_bytes(exported.packed)
    result = read_dvc(path)
    assert (result.report, result.document) == (kind, carried(document, report=kind))


def is_part(kept: Document, document: Document, implied: dict[str, str]) -> bool:
    fields = {key: value.strip() if isinstance(value, str) else value for key, value in document.fields.items()}
    return (
        kept.form == document.form
        and kept.fields.items() <= fields.items()
        and kept.choices.items() <= (document.choices | implied).items()
    )


@pytest.mark.parametrize("kind", KINDS)
@QUIET
@given(data=st.data())
def test_what_is_carried_is_part_of_the_document(kind: str, data: st.DataObject) -> None:
    document = data.draw(documents(MAPPINGS[kind].form_id))
    kept = carried(document, report=kind)
    assert is_part(kept, document, dict(MAPPINGS[kind].implied))
    assert carried(kept, report=kind) == kept
    assert lost(kept, report=kind) == []
