"""Commands on tokens and signing."""

from __future__ import annotations

from desktop.commands.parsers.adding import Add, lazy, unit_options


def add_commands(add: Add) -> None:
    """Adds the examination of this machine and its tokens."""
    doctor = add("doctor", lazy("doctor", "doctor"), "khám máy: kho dữ liệu, token, mạng, đồng hồ, phiên bản")
    unit_options(doctor, required=False)
