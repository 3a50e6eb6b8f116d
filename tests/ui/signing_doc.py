"""Writes docs/signing-window.md with a picture of the place «Ký số» and its dialogs in each state.

`python -m tests.ui.signing_doc` renews page and pictures; `python -m tests.ui.signing_doc page` the page alone.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tests.ui.screens import main as draw

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "signing-window.md"
PICTURES = ROOT / "docs" / "pictures" / "signing"
COLOURS = 96
"""The commonest shades of a picture make its palette."""
ALIKE = 0xF0F0F0
"""Bits of a colour that tell one shade from another."""
WIDTH = 860
"""Pixels across a picture in the page."""
HEAD = """# The window of signing

What the place «Ký số» and its dialogs show in each state, taken from the running window with invented data. This page
and its pictures are written by `python -m tests.ui.signing_doc`; a test holds the page to the list of states.

Who may sign with which token, and in which words a certificate is refused, is told in [tokens.md](tokens.md);
how dossiers travel between machines in [handover.md](handover.md); what stands beside a dossier in
[signing.md](signing.md); time-stamps in [trust.md](trust.md).

- Nothing is signed with a token that is not the registered person's. The token is looked for once a second; the list
  does not move when one comes or goes.
- One PIN signs the whole batch. Where a token wants it before each signature, the machine gives it again and counts.
  The field is emptied as soon as it was handed over; nothing shows, copies or keeps a PIN.
- A dossier is signed whole or not at all. Whatever breaks a batch off, what is signed stays, and going on signs only
  what is left.
- Whoever signs last stands for each new or changed payee by a tick of their own. Dossiers without those ticks are left
  out of the batch, and the button, the row and the strip at the end say so.
- F6 shows the paper drawn from the signed bytes. When it differs from what is signed, the window says so in red.
"""
PARTS: dict[str, dict[str, str]] = {
    "The place": {
        "signing-page": "What waits for whose signature, and exactly what a signature covers.",
        "signing-page-late": "Packages without a time-stamp for too long, a dossier at another machine, and a guest.",
    },
    "The token": {
        "signing-looking": "Looking for a token.",
        "signing-slow": "A driver that takes its time.",
        "signing-no-token": "None is plugged in.",
        "signing": "Plugged in, and the registered person's.",
        "signing-several": "Several tokens; only the signer's is used.",
        "signing-other": "Another person's.",
        "signing-others": "Several, none of them the signer's.",
        "signing-unknown": "A certificate that is registered for nobody.",
        "signing-expired": "Expired.",
        "signing-early": "Not valid yet.",
        "signing-usage": "A certificate that is not for signing.",
        "signing-revoked": "Revoked.",
        "signing-untrusted": "Issued by an authority this machine does not know.",
        "signing-clock": "The clock of the machine is wrong.",
        "signing-soon60": "It ends within 60 days.",
        "signing-soon30": "It ends within 30 days.",
        "signing-no-driver": "No driver is installed.",
        "signing-crashed": "The driver crashed.",
        "signing-hanging": "The driver does not answer.",
    },
    "The PIN": {
        "signing-wrong": "A wrong PIN: the field is empty again.",
        "signing-low": "Few tries are left; a number is said only where the token gives one.",
        "signing-final": "One try is left, and needs a tick of its own.",
        "signing-locked": "Locked.",
        "signing-pad": "A reader with keys of its own: no field.",
        "signing-each": "A token that wants its PIN before each signature.",
        "signing-to-change": "The PIN must be changed first.",
        "signing-caps": "Caps Lock, noticed from the letters.",
        "signing-change-pin": "Changing the PIN.",
        "signing-change-pin-twice": "The two new ones differ: no try was spent.",
        "signing-change-pin-pad": "Changing it on the reader.",
    },
    "What is signed": {
        "signing-news": "New and changed payees, what changed since the last payment, who signed in this sitting.",
        "signing-news-many": "More new payees than the panel holds.",
        "signing-payees": "They are stood for in a list of their own.",
        "signing-guest": "A dossier of another machine.",
        "signing-paper": "The paper, drawn from the signed bytes.",
        "signing-paper-differs": "What would be shown is not what is signed.",
        "signing-panel": "In a small window the panel opens with Enter.",
    },
    "The batch": {
        "signing-running": "While it runs: it can be stopped after the dossier in work.",
        "signing-pulled-out": "The token was pulled out.",
        "signing-failed": "The driver broke down in the middle.",
        "signing-full": "The disk is full.",
        "signing-withdrawn": "One was withdrawn meanwhile; the others are signed.",
        "signing-stopped": "Stopped by the user.",
        "signing-skipped": "Some were left out: nobody stood for their payees.",
        "signing-done": "Done.",
    },
    "Between machines": {
        "signing-hand-out": "What handing out means, before anything is written.",
        "signing-handed-out": "Written, with the code to compare.",
        "signing-hand-in": "A file before it is taken: a conflict shows both sides.",
        "signing-handed-in": "After it was taken: what differed was left alone.",
        "signing-away": "What is away, and how to get it back.",
        "signing-guests": "What is here as a guest, and goes back.",
    },
}


def page() -> str:
    """Give the page."""
    told = [HEAD]
    for part, states in PARTS.items():
        told.append(f"## {part}\n")
        told += [f"{words}\n\n![{words}](pictures/signing/{name}.png)\n" for name, words in states.items()]
    return "\n".join(told)


def renew() -> None:
    """Draw every picture anew, small and in few colours."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        draw(folder, begins="signing")
        for states in PARTS.values():
            for name in states:
                shrunk(QImage(f"{folder}/{name}.png")).save(str(PICTURES / f"{name}.png"))


def shrunk(whole: QImage) -> QImage:
    """Give a picture no wider than the page, in one palette."""
    smooth = Qt.TransformationMode.SmoothTransformation
    small = whole if whole.width() <= WIDTH else whole.scaledToWidth(WIDTH, smooth)
    small = small.convertToFormat(QImage.Format.Format_RGB32)
    shades: dict[int, Counter[int]] = {}
    for shade, count in Counter(memoryview(bytes(small.constBits())).cast("I").tolist()).items():
        shades.setdefault(shade & ALIKE, Counter())[shade] += count
    commonest = sorted(shades.values(), key=Counter.total, reverse=True)[:COLOURS]
    colours = [group.most_common(1)[0][0] for group in commonest]
    return small.convertToFormat(QImage.Format.Format_Indexed8, colours, Qt.ImageConversionFlag.ThresholdDither)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    if "page" not in sys.argv[1:]:
        renew()
