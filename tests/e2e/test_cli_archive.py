"""`vungxa archive` as processes of their own."""

from pathlib import Path

from tests.contract.archive_kit import fill
from tests.contract.store_kit import PASSWORD
from tests.e2e.command import vungxa


def test_a_year_goes_away_is_looked_into_and_comes_back(tmp_path: Path) -> None:
    unit = tmp_path / "unit"
    fill(unit)

    def archive(*words: str) -> object:
        return vungxa("archive", *words, "--home", unit, "--password-stdin", stdin=PASSWORD + "\n")

    assert archive("list").answer["closed"] == {"2024": 2}  # type: ignore[attr-defined]
    assert archive("--year", "2024").answer["dossiers"] == 2  # type: ignore[attr-defined]
    shown = archive("--show", "2024/old").answer  # type: ignore[attr-defined]
    assert (shown["number"], shown["receipt_no"], shown["attachments"]) == ("02024", "0423", ["hóa đơn.pdf"])
    assert archive("--year", "2024").error == (2, "archive_there")  # type: ignore[attr-defined]
    assert archive("--back", "2024").answer["dossiers"] == 2  # type: ignore[attr-defined]
    assert archive("--show", "2024/old").error == (2, "archive_unknown")  # type: ignore[attr-defined]
