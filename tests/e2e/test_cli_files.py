"""Proofs that `vungxa` keeps docs/cli.md as a real process: shapes, exit codes, one clear message for any bad file."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.dossier.document import Document
from tests.e2e.command import ready
from tests.unit.dossier.samples import LIST, ORDER, SETTLEMENT, WITH_LIST, WITHDRAWAL, change
from tests.unit.exchange.vouchers import C202A, LINE_C202, voucher, zipped

VUNGXA = Path(sys.executable).with_name("vungxa")
XML = voucher(C202A, [LINE_C202])
MEMORY = 1 << 30
"""Bytes of address space a hostile file may cost; the program itself maps about a third of it."""


@dataclass(frozen=True)
class Ran:
    """A process that has ended."""

    code: int
    out: str
    err: str

    @property
    def answer(self) -> dict[str, Any]:
        assert self.out.count("\n") == 1, "one JSON object on one line"
        return dict(json.loads(self.out))

    @property
    def error(self) -> str:
        assert (self.code, self.answer["ok"]) == (2, False)
        assert self.answer["error"]["message"].endswith((".", ")"))
        return str(self.answer["error"]["code"])


def run(folder: Path, *words: object, **more: Any) -> Ran:
    if not more:
        return checked(*ready().run([*map(str, words)], folder=folder))
    command = [str(VUNGXA), *map(str, words)]
    done: subprocess.CompletedProcess[bytes] = subprocess.run(
        command, cwd=folder, capture_output=True, timeout=60, stdin=subprocess.DEVNULL, check=False, **more
    )
    return checked(done.returncode, done.stdout, done.stderr)


def checked(code: int, out: bytes, err: bytes) -> Ran:
    assert b"Traceback" not in out + err
    return Ran(code, out.decode(), err.decode())


def saved(folder: Path, value: object, name: str = "a.json") -> Path:
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    (folder / name).write_bytes(content)
    return folder / name


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def plain(document: Document) -> dict[str, Any]:
    return document.model_dump(exclude={"flags"})


@pytest.mark.parametrize("document", [WITHDRAWAL, ORDER, SETTLEMENT, LIST], ids=lambda item: item.form)
def test_a_good_form_is_ok(tmp_path: Path, document: Document) -> None:
    ran = run(tmp_path, "check", saved(tmp_path, plain(document)), "--json")
    assert (ran.code, ran.answer["ok"], ran.answer["problems"], ran.err) == (0, True, [], "")
    assert all(words.endswith("đồng chẵn") for words in ran.answer["computed"]["amount_in_words"].values())


def test_a_dossier_is_checked_as_a_whole(tmp_path: Path) -> None:
    short = change(LIST, rows=LIST.tables["lines"][:1])
    ran = run(tmp_path, "--json", "check", saved(tmp_path, {"documents": [plain(WITH_LIST), plain(short)]}))
    found = {
        name for item in ran.answer["problems"] if item["level"] == "error" for name in (item["rule"], *item["also"])
    }
    assert ran.code == 1
    assert {"M20-2", "R-062", "M13-8"} <= found
    assert {item["article"] for item in ran.answer["problems"] if item["rule"] == "M20-2"} == {
        "NĐ 347/2025/NĐ-CP Điều 6.2.b"
    }


def test_people_read_words_and_programs_exit_codes(tmp_path: Path) -> None:
    ran = run(tmp_path, "check", saved(tmp_path, plain(change(WITHDRAWAL, {"address": ""}))))
    assert (ran.code, ran.err) == (1, "")
    assert "Lỗi (required, NĐ 347/2025/NĐ-CP Điều 2.9): Ô «Địa chỉ» còn trống." in ran.out
    missing = run(tmp_path, "check", "no\x1b[31m\nthing.json")
    assert (missing.code, missing.out) == (2, "")
    assert missing.err == "Không thấy tệp no?[31m?thing.json. Kiểm tra lại đường dẫn rồi thử lại.\n"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "bad_json"),
        (b"xin ch\xc3\xa0o", "bad_json"),
        (b'{"form":"M13","fields":{', "bad_json"),
        (b"[" * 100_000, "bad_json"),
        (b'{"form":"M13","x":' + b"[" * 10_000 + b"]" * 10_000 + b"}", "bad_json"),
        (b'[{"form":"M13"}]', "bad_json"),
        (b'{"form":"M13","fields":{"total":NaN}}', "bad_json"),
        (b'{"form":"M13","fields":{"total":1,"total":2}}', "bad_json"),
        (b'{"form":"M13"}'.decode().encode("utf-16"), "bad_json"),
        (b'{"a":"' + b"x" * 20_000_000 + b'"}', "too_large"),
    ],
    ids=range(10),
)
def test_what_is_no_json_is_unreadable(tmp_path: Path, content: bytes, code: str) -> None:
    assert run(tmp_path, "inspect", saved(tmp_path, content), "--json").code == 2
    assert run(tmp_path, "check", saved(tmp_path, content), "--json").error == code


@pytest.mark.parametrize("command", ["check", "inspect", "verify", "print"])
def test_what_is_no_file_is_not_read(tmp_path: Path, command: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    more = ["--pdf", "a.pdf"] if command == "print" else []
    assert run(tmp_path, command, "pipe", *more, "--json").error == "not_readable"
    folder = "no_files" if command in ("check", "inspect") else "not_readable"
    assert run(tmp_path, command, ".", *more, "--json").error == folder
    assert run(tmp_path, command, "none", *more, "--json").error == "not_found"
    assert run(tmp_path, command, "x" * 3000, *more, "--json").error == "not_readable"
    assert names(tmp_path) == ["pipe"]


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def test_a_huge_table_costs_little(tmp_path: Path) -> None:
    rows = plain(WITHDRAWAL) | {"tables": {"lines": [{"content": "x"}] * 200_000}}
    ran = run(tmp_path, "check", saved(tmp_path, rows), "--json", preexec_fn=limited)
    assert (ran.code, [item["rule"] for item in ran.answer["problems"]]) == (1, ["too_long"])


def test_a_voucher_becomes_a_document_that_check_takes(tmp_path: Path) -> None:
    ran = run(tmp_path, "inspect", saved(tmp_path, zipped(("C202aRDT0012.xml", XML)), "a.zip"), "--json")
    assert (ran.code, ran.answer["kind"], ran.answer["form"], ran.answer["date"]) == (
        0,
        "dvc",
        "C2-02a/NS",
        "2026-06-16",
    )
    checked = run(tmp_path, "check", saved(tmp_path, ran.answer["document"]), "--json")
    missing = {"fields." + item["where"]["field"] for item in checked.answer["problems"] if "field" in item["where"]}
    assert {path for path in ran.answer["missing"] if path.startswith("fields.")} <= missing


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (XML.replace(b"<java ", b'<!DOCTYPE j [<!ENTITY a SYSTEM "file:///etc/passwd">]><java '), "entities_forbidden"),
        (XML.replace(b"java.util.ArrayList", b"java.lang.ProcessBuilder"), "foreign_class"),
        (XML.replace(b'method="add"', b'method="start"'), "method_forbidden"),
        (XML.replace(b"<double>15400000<", b"<double>0.5<"), "fraction_of_dong"),
        (XML.replace(b"<double>15400000<", b"<double>-5<"), "negative_amount"),
        (XML.replace(b"<long>423<", b"<long>88<"), "unknown_form"),
        (XML.replace(b"<long>423<", b"<long>999<"), "unknown_form"),
        (XML.decode("utf-8-sig").encode("utf-16"), "not_utf8"),
        (XML[:300], "truncated"),
        (zipped(("../C202a.xml", XML)), "zip_slip"),
        (zipped(("a.xml", b"<java>" + bytes(50_000_000))), "zip_bomb"),
        (zipped(("a.xml", XML), ("b.xml", XML)), "wrong_members"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "unknown_kind"),
        (b"<java>" + b" " * 50_000_000, "too_large"),
    ],
    ids=lambda item: item if isinstance(item, str) else "",
)
def test_a_hostile_voucher_is_refused_and_leaves_nothing(tmp_path: Path, content: bytes, code: str) -> None:
    ran = run(tmp_path, "inspect", saved(tmp_path, content, "C202a1.xml"), "--json", preexec_fn=limited)
    assert ran.error == code
    assert names(tmp_path) == ["C202a1.xml"]


def test_the_same_paper_from_anywhere_in_any_language(tmp_path: Path) -> None:
    source = saved(tmp_path, plain(WITHDRAWAL))
    first = run(tmp_path, "print", source, "--pdf", "a.pdf", "--json")
    bare = {"LANG": "C", "LC_ALL": "C"}
    second = run(Path("/"), "print", source, "--pdf", tmp_path / "b.pdf", "--json", env=bare)
    assert first.answer == {**second.answer, "pdf": "a.pdf"}
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def full_disk() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))


def test_a_full_disk_keeps_the_old_paper_whole(tmp_path: Path) -> None:
    (tmp_path / "old.pdf").write_bytes(b"old")
    ran = run(tmp_path, "print", saved(tmp_path, plain(LIST)), "--pdf", "old.pdf", "--json", preexec_fn=full_disk)
    assert ran.error == "not_writable"
    assert names(tmp_path) == ["a.json", "old.pdf"]
    assert (tmp_path / "old.pdf").read_bytes() == b"old"


def test_paper_is_written_whole_over_files_only(tmp_path: Path) -> None:
    source = saved(tmp_path, plain(LIST))
    os.mkfifo(tmp_path / "pipe")
    before = names(tmp_path)
    for target in ("pipe", ".", "none/a.pdf", "a.json/a.pdf", "x" * 3000):
        assert run(tmp_path, "print", source, "--pdf", target, "--json").error == "not_writable"
    assert names(tmp_path) == before
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (plain(change(WITHDRAWAL, row={"amount": "15.400.000"})), "bad_value"),
        (plain(WITHDRAWAL) | {"tables": {"lines": [{"amount": 1.5}]}}, "bad_value"),
        ({"form": "C2-99/NS"}, "unknown_form"),
        ({"documents": []}, "unknown_form"),
    ],
)
def test_paper_never_shows_a_wrong_figure(tmp_path: Path, document: object, code: str) -> None:
    (tmp_path / "old.pdf").write_bytes(b"old")
    assert run(tmp_path, "print", saved(tmp_path, document), "--pdf", "old.pdf", "--json").error == code
    assert (tmp_path / "old.pdf").read_bytes() == b"old"


def test_several_documents_become_one_paper_and_never_their_own_file(tmp_path: Path) -> None:
    source = saved(tmp_path, {"documents": [plain(WITH_LIST), plain(LIST)], "procedure": "P3"})
    assert run(tmp_path, "print", source, "--pdf", "a.pdf", "--json").answer["pages"] == 2
    assert run(tmp_path, "print", source, "--pdf", source, "--json").error == "not_writable"
    assert run(tmp_path, "export-dvc", source, "--document", "1", "-o", "a.json", "--json").error == "not_writable"
    assert source.read_bytes().startswith(b'{"documents"')


def test_what_check_cannot_judge_says_what_can(tmp_path: Path) -> None:
    receipt = saved(tmp_path, {"payload": "", "signature": "", "key_id": ""})
    package = saved(tmp_path, zipped(("mimetype", b"")), "a.asice")
    for path in (receipt, package):
        ran = run(tmp_path, "check", path, "--json")
        assert (ran.error, "vungxa verify" in ran.out) == ("unknown_kind", True)
    assert run(tmp_path, "check", saved(tmp_path, b"", "a.xlsx"), "--json").error == "unknown_kind"


def test_people_read_what_a_file_is_in_words(tmp_path: Path) -> None:
    words = run(tmp_path, "inspect", saved(tmp_path, XML, "a.xml")).out
    assert "  Ngày: 16/06/2026\n" in words
    assert "  Tổng tiền: 15.400.000 đ\n" in words
    assert "  Còn thiếu: «Địa chỉ»\n" in words
    several = run(tmp_path, "check", saved(tmp_path, {"documents": [plain(WITHDRAWAL), {"form": "M17"}]})).out
    assert "Chứng từ 2 (C4-02a/KB). Lỗi" in several
    assert "Chứng từ 1 (" not in several


@pytest.mark.parametrize(
    "words", [[], ["nope"], ["check"], ["print", "a", "b"], ["print", "a"], ["check", "--js", "a"]]
)
def test_a_wrong_command_line_is_answered_too(tmp_path: Path, words: Sequence[str]) -> None:
    assert run(tmp_path, *words, "--json").error == "bad_arguments"


def test_versions_and_help(tmp_path: Path) -> None:
    assert run(tmp_path, "--version").out.startswith("vungxa ")
    shown = run(tmp_path, "--help", env={})
    assert (shown.code, "kiểm tra chữ ký" in shown.out) == (0, True)


@pytest.mark.parametrize("where", [">&-", "2>&- >&- <&-", ">/dev/full", "| true"])
def test_an_output_that_takes_nothing_breaks_nothing(tmp_path: Path, where: str) -> None:
    source = saved(tmp_path, plain(WITHDRAWAL))
    line = f"'{VUNGXA}' check '{source}' --json {where}"
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, timeout=60, check=False)
    assert done.stderr == b""
    assert done.returncode == (2 if "full" in where else 0)


def test_everything_but_the_window_runs_without_qt(tmp_path: Path) -> None:
    start = "import sys; sys.modules['PySide6'] = None; from desktop.cli import main; sys.exit(main(sys.argv[1:]))"
    source = saved(tmp_path, plain(WITHDRAWAL))

    def without_qt(*words: str) -> Ran:
        done = subprocess.run([sys.executable, "-c", start, *words], capture_output=True, timeout=60, check=False)
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    assert without_qt("check", str(source)).code == 0
    assert without_qt("doctor", "--json").answer["ok"] is True
    assert without_qt("run", "--demo", "--json").error == "no_window"
