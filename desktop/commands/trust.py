"""`vungxa trust`: whom a unit trusts on this machine, and the sources of revocation lists and time-stamps."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from desktop.commands.answer import Answer
from desktop.commands.opening import opened_store
from desktop.commands.reading import existing
from desktop.desk import trust_keeping as keeping
from desktop.desk.context import utc_now
from desktop.desk.errors import DeskError
from desktop.desk.evidence import time_stamping, waiting, warning, warning_days
from desktop.desk.trusting import treasury_list
from desktop.dossier.dates import local_day
from desktop.dossier.duties import Act
from desktop.signing.certificates import describe
from desktop.store.store import Store

_NEEDS = {"import": "tệp .vxtrust hoặc danh sách thu hồi", "add-root": "tệp chứng thư gốc", "remove-root": "số của gốc"}


def trust(args: Namespace) -> Answer:
    """Shows whom the unit trusts; takes lists and roots from files; chooses sources.

    Raises TrustError, DeskError bad_arguments, bad_setting, not_confirmed, FileProblem, StoreError.
    """
    if args.action in _NEEDS and not args.what:
        raise DeskError("bad_arguments", f"Cho biết {_NEEDS[args.action]} sau «{args.action}».")
    with opened_store(args, Act.READ if args.action == "show" else Act.TRUST) as store:
        said = _ACTIONS[args.action](store, args)
        payload = _payload(store)
    return Answer({**payload, "said": said}, [*said, *(_lines(payload) if args.action == "show" else [])])


def _show(store: Store, _: Namespace) -> list[str]:
    return [line] if (line := warning(store, utc_now())) else []


def _import(store: Store, args: Namespace) -> list[str]:
    return keeping.import_file(store, existing(Path(args.what)), utc_now()) or [
        "Máy đã có bản này hoặc bản mới hơn. Không có gì thay đổi."
    ]


def _add_root(store: Store, args: Namespace) -> list[str]:
    path = existing(Path(args.what))
    info = keeping.read_root(path)
    if not args.yes:
        raise DeskError(
            "not_confirmed",
            f"Sắp tin mọi chứng thư do «{info.subject_name}» cấp (SHA-256 {info.sha256}). "
            "So số này với giấy của nơi cấp; nếu đúng, chạy lại kèm --yes.",
        )
    keeping.add_root(store, path, args.by)
    return [f"Từ nay tin chứng thư gốc «{info.subject_name}». Việc này đã ghi vào nhật ký."]


def _remove_root(store: Store, args: Namespace) -> list[str]:
    return [f"Thôi tin chứng thư gốc «{keeping.remove_root(store, args.what, args.by)}»."]


def _set(store: Store, args: Namespace) -> list[str]:
    keeping.change(store, args.what, " ".join(args.value))
    return ["Đã ghi lựa chọn mới."]


def _refresh(store: Store, _: Namespace) -> list[str]:
    keeping.refresh(store)
    return ["Lần đồng bộ sau, máy hỏi lại Kho bạc và mọi nơi cấp."]


_ACTIONS = {
    "show": _show, "import": _import, "add-root": _add_root, "remove-root": _remove_root, "set": _set,
    "refresh": _refresh,
}  # fmt: skip


def _payload(store: Store) -> dict[str, Any]:
    kept, told, state = store.trust.newest(), treasury_list(store), waiting(store, utc_now())
    crls = [
        {
            "issuer": crl.issuer_name,
            "this_update": crl.this_update,
            "next_update": crl.next_update,
            "source": crl.source,
        }
        for crl in store.trust.crls()
    ]
    return {
        "ok": True,
        "list": None if kept is None else {"version": kept.version, "source": kept.source, "at": kept.at},
        "treasury_roots": [_root(der) for der in (told.root_ders() if told else ())],
        "own_roots": [{"id": root.sha256, "name": root.name, "at": root.at} for root in store.trust.own_roots()],
        "crls": crls,
        "tsa_url": time_stamping(store),
        "crl_sources": [*(["gateway"] if keeping.asks_gateway(store) else []), *keeping.crl_sources(store)],
        "evidence_warning_days": warning_days(store),
        "evidence": {"waiting": state.count, "oldest_at": state.oldest_at, "late": state.late},
    }


def _root(der: bytes) -> dict[str, str]:
    info = describe(der)
    return {"id": info.sha256, "name": info.subject_name}


def _lines(payload: dict[str, Any]) -> list[str]:
    told, state = payload["list"], payload["evidence"]
    lines = [
        f"Danh sách tin cậy của Kho bạc, nhận ngày {local_day(told['at'])}."
        if told
        else "Chưa có danh sách của Kho bạc."
    ]
    lines += [f"  Gốc {root['id'][:12]}  {root['name']}" for root in payload["treasury_roots"]]
    lines += [f"  Gốc tự thêm {root['id'][:12]}  {root['name']}" for root in payload["own_roots"]]
    lines += [f"  Danh sách thu hồi ngày {local_day(crl['this_update'])}  {crl['issuer']}" for crl in payload["crls"]]
    stamper = {"": "chưa chọn nơi cấp", "gateway": "Kho bạc cấp"}.get(payload["tsa_url"], payload["tsa_url"])
    lines += [f"Dấu thời gian: {stamper}."]
    lines += [f"Danh sách thu hồi lấy từ: {', '.join(payload['crl_sources'])}."]
    return [*lines, f"Còn {state['waiting']} gói chờ bằng chứng lâu dài."]
