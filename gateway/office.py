"""Commands of the office beside `serve`: what the sandbox does next, people, papers, refunds, form packs, trust."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.signing.crls import MAX_CRL_BYTES
from gateway.clock import now
from gateway.database import Database
from gateway.errors import GatewayError
from gateway.home import Home, open_home
from gateway.notices import publish_paper, publish_refund
from gateway.packs import keep, publish_pack, signed_pack
from gateway.sandbox import OUTCOMES, wish_for
from gateway.signers import add_candidate
from gateway.trusting import export, publish, set_crl

MAX_FILE_BYTES = 4 * 1024 * 1024
Answer = dict[str, Any]
Run = Callable[[argparse.Namespace], Answer]
Add = Callable[[str, Run, str], argparse.ArgumentParser]


def add_commands(add: Add) -> None:
    """Put the office's commands beside the others."""
    sandbox = add("sandbox", _sandbox, "set what becomes of the next dossier of a number")
    sandbox.add_argument("--number", required=True, help="a voucher's number, the dossier's own, or a form's id (M32)")
    sandbox.add_argument("--outcome", required=True, choices=sorted(OUTCOMES))
    sandbox.add_argument("--amount", type=int, help="VND to accept at most")
    sandbox.add_argument("--reason", default="", help="the Treasury's words")
    sandbox.add_argument("--figures", type=Path, help="JSON list of figures (docs/protocol.md, section 6)")
    person = add("add-person", _person, "keep a person's certificate until a Mẫu 24 names the person")
    person.add_argument("--person", type=Path, required=True, help="JSON as in unit.json")
    paper = add("publish-paper", _paper, "hand a unit a receipt (Mẫu 04-07) or a notice (Mẫu 33)")
    refund = add("publish-refund", _refund, "tell a unit where a refund of revenue stands")
    for command in (paper, refund):
        command.add_argument("--file", type=Path, required=True, help="JSON")
    for command in (sandbox, person, paper, refund):
        command.add_argument("--unit", required=True, help="unit code")
    add("publish-trust", _trust, "sign and publish the trust list as things stand")
    crl = add("set-crl", _crl, "take a newer revocation list of an authority and publish it")
    crl.add_argument("path", type=Path, help="a CRL, DER or PEM")
    usb = add("export-trust", _export_trust, "write the trust list and its CRLs for a USB stick")
    usb.add_argument("path", type=Path, help="the .vxtrust to write")
    pack = add("publish-pack", _pack, "announce a form pack to every unit")
    pack.add_argument("path", type=Path, help="a .vxpack of this Treasury (sign-pack)")


def read_file(path: Path, limit: int = MAX_FILE_BYTES) -> bytes:
    """Read a file that a command was given. Raises GatewayError `not_readable`, `too_large`."""
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        raise GatewayError(
            404, "not_readable", f"Không đọc được tệp {path}. Hãy kiểm tra đường dẫn và quyền đọc."
        ) from error
    if len(content) > limit:
        raise GatewayError(413, "too_large", f"Tệp {path} quá lớn. Hãy chọn đúng tệp.")
    return content


def read_text(path: Path) -> str:
    """Read a text file; bytes that are no UTF-8 are told apart later, by what they should have been."""
    return read_file(path).decode("utf-8", errors="replace")


def _sandbox(options: argparse.Namespace) -> Answer:
    figures = read_text(options.figures) if options.figures else "[]"
    with _database(options) as database:
        wish = database.call(
            lambda connection: wish_for(
                connection, options.unit, options.number, options.outcome, options.amount, options.reason, figures
            )
        )
    return {"wish": wish}


def _person(options: argparse.Namespace) -> Answer:
    text = read_text(options.person)
    with _database(options) as database:
        return {"person_id": database.call(lambda connection: add_candidate(connection, options.unit, text))}


def _paper(options: argparse.Namespace) -> Answer:
    text, key = read_text(options.file), _home(options).statement_key()
    with _database(options) as database:
        return {"seq": database.call(lambda connection: publish_paper(connection, options.unit, text, key, now()))}


def _refund(options: argparse.Namespace) -> Answer:
    text, key = read_text(options.file), _home(options).statement_key()
    with _database(options) as database:
        return {"seq": database.call(lambda connection: publish_refund(connection, options.unit, text, key, now()))}


def _pack(options: argparse.Namespace) -> Answer:
    home = _home(options)
    data, signed = signed_pack(home, options.path)
    keep(home, data)
    with _database(options) as database:
        told = database.call(
            lambda connection: publish_pack(connection, signed, len(data), home.statement_key(), now())
        )
    return {"version": signed.pack.version, "sha256": signed.sha256, "size": len(data), "units_told": told}


def _trust(options: argparse.Namespace) -> Answer:
    signed, changed = publish(_home(options), now())
    told = signed.list
    return {"version": told.version, "changed": changed, "roots": len(told.roots), "crls": len(told.crls)}


def _crl(options: argparse.Namespace) -> Answer:
    home, at = _home(options), now()
    crl = set_crl(home, read_file(options.path, 2 * MAX_CRL_BYTES), at)
    signed, _ = publish(home, at)
    told = {"issuer": crl.issuer_name, "this_update": crl.this_update, "next_update": crl.next_update}
    return {**told, "sha256": crl.sha256, "version": signed.list.version}


def _export_trust(options: argparse.Namespace) -> Answer:
    data = export(_home(options), now())
    options.path.write_bytes(data)
    return {"file": str(options.path), "size": len(data)}


def _home(options: argparse.Namespace) -> Home:
    return open_home(options.home)


def _database(options: argparse.Namespace) -> Database:
    return Database(_home(options).database)
