"""`vungxa-gateway`: make a gateway's home, register units, serve, testify. Every answer is one line of JSON."""

from __future__ import annotations

import argparse
import json
import logging
import sqlite3
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from desktop.dossier.errors import VungXaError
from desktop.signing.trust import Trust
from gateway.clock import now
from gateway.database import Database
from gateway.home import Home, create_home, open_home, write_private
from gateway.office import add_commands, read_file, read_text
from gateway.pace import PER_SECOND
from gateway.packs import announce
from gateway.registry import invite, read_registration, register, revoke
from gateway.report import export, report
from gateway.trusting import publish


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; exit code 0 done, 1 refused with {"ok":false,"error":{…}}."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        answer = options.run(options)
    except VungXaError as error:
        return _refuse(error.code, error.message)
    except sqlite3.DatabaseError:
        return _refuse("damaged", "Dữ liệu của cổng không đọc được. Hãy khôi phục thư mục từ bản sao lưu.")
    except OSError:
        return _refuse(
            "not_writable", "Không ghi được vào thư mục hoặc tệp đã chỉ. Hãy kiểm tra quyền ghi và dung lượng đĩa."
        )
    if answer is not None:
        _say({"ok": True, **answer})
    return 0


def _refuse(code: str, message: str) -> int:
    _say({"ok": False, "error": {"code": code, "message": message}})
    return 1


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")


def _init(options: argparse.Namespace) -> dict[str, Any]:
    home = create_home(options.home)
    Database(home.database).close()
    return {
        "pin": home.pin,
        "certificate": str(home.certificate),
        "statement_keys": home.statement_key().published,
    }


def _register(options: argparse.Namespace) -> dict[str, Any]:
    home, at = open_home(options.home), now()
    registration = read_registration(read_text(options.unit))
    trust = {f"{number:02d}.pem": read_file(path) for number, path in enumerate(options.trust, 1)}
    Trust.load(options.trust)
    with Database(home.database) as database:
        _replace_trust(home, registration.unit.code, trust)
        code = database.call(lambda connection: register(connection, registration, at))
        database.call(lambda connection: announce(connection, registration.unit.code, home.statement_key(), at))
    publish(home, at)
    return {"unit_code": registration.unit.code, "enrolment_code": code, "pin": home.pin}


def _replace_trust(home: Home, unit_code: str, files: dict[str, bytes]) -> None:
    folder = home.trust(unit_code)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_private(folder / name, content)
    for old in folder.glob("*.pem"):
        if old.name not in files:
            old.unlink()


def _invite(options: argparse.Namespace) -> dict[str, Any]:
    home = open_home(options.home)
    with Database(home.database) as database:
        code = database.call(lambda connection: invite(connection, options.unit, now()))
    return {"unit_code": options.unit, "enrolment_code": code, "pin": home.pin}


def _serve(options: argparse.Namespace) -> None:
    from gateway.server import Place, serve  # the web server's libraries are slow to load and only serve needs them

    serve(
        open_home(options.home),
        Place(options.host, options.port, options.ready_file),
        decide_after=options.decide_after,
        per_second=options.per_second,
    )


def _report(options: argparse.Namespace) -> dict[str, Any]:
    home = open_home(options.home)
    with Database(home.database) as database:
        return report(home, database)


def _export(options: argparse.Namespace) -> dict[str, Any]:
    home = open_home(options.home)
    with Database(home.database) as database:
        return {"file": str(options.out), "size": export(home, database, options.package, options.out)}


def _sign_pack(options: argparse.Namespace) -> dict[str, Any]:
    from gateway.form_packs import sign_folder

    return sign_folder(open_home(options.home), options.folder, options.out)


def _revoke(options: argparse.Namespace) -> dict[str, Any]:
    home = open_home(options.home)
    with Database(home.database) as database:
        database.call(lambda connection: revoke(connection, options.device, now()))
    return {"device_id": options.device}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vungxa-gateway", description="The Treasury's side of Vùng Xa, with a sandbox Treasury."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _command(commands, "init", _init, "make keys, certificate and database")
    registering = _command(
        commands, "register", _register, "register or renew a unit; prints a one-time enrolment code"
    )
    registering.add_argument("--unit", type=Path, required=True, help="unit.json: unit, people, estimates")
    registering.add_argument(
        "--trust", type=Path, action="append", required=True, help="PEM of CA certificates or CRLs"
    )
    _command(commands, "invite", _invite, "print another enrolment code").add_argument(
        "--unit", required=True, help="unit code"
    )
    serving = _command(commands, "serve", _serve, "serve until SIGTERM")
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=0, help="0: a free port")
    serving.add_argument("--ready-file", type=Path, help="written when listening")
    serving.add_argument("--decide-after", type=float, default=1.0, help="seconds until the sandbox Treasury decides")
    serving.add_argument(
        "--per-second", type=float, default=PER_SECOND, help="requests of one sender, 12 times that at once"
    )
    _command(commands, "report", _report, "what is stored")
    exporting = _command(commands, "export", _export, "write an accepted package as an ASiC-E file")
    exporting.add_argument("--package", required=True, help="package id")
    exporting.add_argument("--out", type=Path, required=True)
    signing = _command(commands, "sign-pack", _sign_pack, "sign a folder of forms as a pack for the units")
    signing.add_argument("folder", type=Path, help="pack.json and the files of its forms")
    signing.add_argument("-o", "--out", type=Path, required=True, help="the .vxpack to write")
    _command(commands, "revoke", _revoke, "shut a device out").add_argument("--device", required=True)
    add_commands(partial(_command, commands))
    return parser


def _command(commands: Any, name: str, run: Any, about: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=about)
    command.add_argument("--home", type=Path, required=True, help="the gateway's folder")
    command.add_argument("--json", action="store_true", help="the answer is JSON with or without")
    command.set_defaults(run=run)
    return command


if __name__ == "__main__":
    sys.exit(main())
