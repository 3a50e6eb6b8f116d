"""`vungxa sign-pdf`: a PDF copy that is signed visibly with a token."""

from __future__ import annotations

import hashlib
from argparse import Namespace
from dataclasses import asdict

from desktop.commands.answer import Answer
from desktop.commands.reading import existing
from desktop.commands.secrets import ask
from desktop.commands.tokens import all_tokens, one_token, unit_of
from desktop.desk.context import DeskContext, ThreadStores, utc_now
from desktop.desk.desk import Desk
from desktop.desk.errors import DeskError
from desktop.desk.output import write_whole
from desktop.desk.signed_pdf import printed_forms, read_pdf, sign_with
from desktop.desk.token_owners import desk_of
from desktop.signing.pades import check_pdf
from desktop.store.store import Store


def sign_pdf(args: Namespace) -> Answer:
    """Signs a given PDF, or the forms of a dossier, once. Raises DeskError, PdfSigningError, TokenError, StoreError."""
    if (args.file is None) == (not args.dossier):
        raise DeskError("bad_arguments", "Cho biết tệp PDF cần ký, hoặc hồ sơ bằng --dossier (cùng --home).")
    with unit_of(args) as store, all_tokens(store) as worker:
        pdf = read_pdf(existing(args.file)) if args.file is not None else _forms(args, store)
        found = one_token(worker.tokens(), args.token)
        pin = None if found.pin_pad else ask(args, "Mã PIN")
        now = utc_now()
        desk = desk_of(store, now) if store is not None else None
        signed = sign_with(worker, pdf, found.serial, pin, desk, now, final_try=args.final_try)
    write_whole(args.out, signed)
    told = [asdict(one) for one in check_pdf(signed)]
    digest = hashlib.sha256(signed).hexdigest()
    payload = {"ok": True, "pdf": str(args.out), "sha256": digest, "signatures": told}
    return Answer(payload, [f"Đã ghi {args.out}, có {len(told)} chữ ký."])


def _forms(args: Namespace, store: Store | None) -> bytes:
    from desktop.commands.creating import local_id_of

    if store is None:
        raise DeskError("no_home", "Chưa chỉ đơn vị nào. Thêm --home để lấy hồ sơ của đơn vị.")
    context = DeskContext(ThreadStores(store), store.unit.people()[0])
    return printed_forms(context, local_id_of(Desk(context), args.dossier))
