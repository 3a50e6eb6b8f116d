"""Writes docs/month.md from a summary.json of `vungxa demo --month`: python -m tests.e2e.month_doc SUMMARY."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.demo.month.entry import STAGES
from desktop.dossier.pack import form_of

PAGE = Path(__file__).parents[2] / "docs" / "month.md"
HEAD = """# A month in two small units

`vungxa demo --month` tells a whole month of a commune's office and of its primary school on real parts: two encrypted
stores on one machine, seven SoftHSM tokens, one gateway process, and one link between them that dies, loses an answer
and sees a client killed. Every dossier is begun by its purpose ([purposes.md](purposes.md)), filled in, checked,
printed, signed by whom its forms ask for, sealed, sent, receipted and decided. The month has six stages; all of one is
decided before the next begins, since a settlement needs its advance and a reconciliation needs the books. The desks are
told an instant of the present month; the gateway and the link know the real one only.

What the month holds on purpose:

- salary lists of 60, 80 and 35 people and a benefits list of 400, read from spreadsheets; on the list of overtime one
  payee has another account than for the salary, and the preparer stands for it by name;
- insurance and income tax on one voucher (Mẫu 14); electricity and water under standing authorisations, as files alone;
- cash advances and their settlement: more than advanced (Mẫu 10 and a voucher for the rest), equal, less (the rest
  paid back by Mẫu 08);
- purchases under a contract with the decision, the contract and the acceptance; payments from the deposit account,
  with and without tax withheld; a posting moved to another item (Mẫu 09);
- an advance of investment capital, then completed work that recovers part of it (03.a, 04.a, 04.b, 05.a/TT);
- another account holder (Mẫu 24): the office has seen the new certificate, the Mẫu 24 is the first thing it signs, and
  from the decision on the new holder signs and the old one cannot;
- the tables of the quarter (Mẫu 26, 28) and of the month (Mẫu 32) from each unit's own book. The commune forgets one
  payment; the Treasury answers with its figures, the table is corrected and agrees.

It ends with exit code 1 unless every dossier arrived exactly once and byte for byte, every receipt and package
verifies, every decision is the planned one, and both books agree: given − used − held = left at the unit, the same left
at the gateway, and the unit's own dossiers add up to what was used.

This page is written by `python -m tests.e2e.month_doc SUMMARY` from the summary of a run.
"""


def page(summary: dict[str, Any]) -> str:
    """The whole page for one run."""
    return "\n".join([HEAD, *_run(summary), *_dossiers(summary), *_books(summary), ""])


def _run(summary: dict[str, Any]) -> Iterator[str]:
    decided = summary["decisions"]
    yield "## The run\n"
    yield "| | |\n|---|---|"
    yield f"| Dossiers, of two units | {summary['dossiers']} |"
    yield f"| Signatures by tokens | {summary['signatures']} |"
    yield f"| Delivered, twice, lost, altered | {_four(summary)} |"
    yield f"| Accepted, mismatch | {decided['paid']}, {decided['mismatch']} |"
    yield f"| Amount of the accepted dossiers | {_vnd(summary['amount'])} đ |"
    yield f"| Link deaths, answers lost, clients killed | {_link(summary)} |"
    yield f"| Bytes of the packages | {_vnd(summary['bytes_packages'])} |"
    yield f"| Bytes over the link, compressed, with all that was sent again | {_vnd(summary['bytes_sent'])} |"
    yield f"| Seconds from the first draft to the last decision | {summary['seconds_story']:.0f} |"
    yield f"| Link | `{summary['link']}` |"


def _four(summary: dict[str, Any]) -> str:
    return ", ".join(str(summary[name]) for name in ("delivered", "duplicates", "lost", "altered"))


def _link(summary: dict[str, Any]) -> str:
    return ", ".join(str(summary[name]) for name in ("link_deaths", "answers_lost", "kills"))


def _dossiers(summary: dict[str, Any]) -> Iterator[str]:
    """One table a unit: seconds are from the start of the stage's sending to the decision."""
    yield "\n## The dossiers"
    for unit in dict.fromkeys(row["unit"] for row in summary["month"]):
        yield f"\n### {unit}\n"
        yield "| Lúc | Hồ sơ | Việc | Mẫu | Số tiền (đ) | Người ký | Byte | Biên nhận | Kết quả | Giây |"
        yield "|---|---|---|---|--:|--:|--:|---|---|--:|"
        for row in summary["month"]:
            if row["unit"] == unit:
                yield _dossier(row)


def _dossier(row: dict[str, Any]) -> str:
    forms = ", ".join(form_of(form).number for form in row["forms"]) or f"{row['attachments']} tệp"
    result = {"paid": "Chấp nhận", "mismatch": "Không khớp"}[row["decision"]]
    cells = (
        STAGES[row["stage"]],
        row["title"],
        f"{row['case']} {row['purpose']}",
        forms,
        _vnd(row["amount"]),
        len(row["signers"]),
        _vnd(row["bytes"]),
        row["receipt"],
        result,
        f"{row['seconds']:.1f}".replace(".", ","),
    )
    return f"| {' | '.join(map(str, cells))} |"


def _books(summary: dict[str, Any]) -> Iterator[str]:
    yield "\n## The books at the end\n"
    yield "| Tài khoản | Nguồn | Ngành | Giao | Đã dùng | Đang chờ | Còn lại | Kho bạc |"
    yield "|---|---|---|--:|--:|--:|--:|--:|"
    for line in summary["books"]:
        amounts = [_vnd(line[name]) for name in ("given", "used", "held", "left", "treasury")]
        yield f"| {' | '.join([line['account'], line['source'], line['sector'] or '–', *amounts])} |"


def _vnd(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


if __name__ == "__main__":
    PAGE.write_text(page(json.loads(Path(sys.argv[1]).read_text("utf-8"))), "utf-8")
