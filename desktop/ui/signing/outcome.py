"""The strip that says how a batch ended; whatever happened, it says first what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from desktop.dossier.views import SignProgress
from desktop.ui.kit.basic import announce
from desktop.ui.kit.signs import Banner
from desktop.ui.wording import clock


class Outcome(Banner):
    """Hidden until a batch has ended."""

    def __init__(self) -> None:
        super().__init__()
        self.setVisible(False)

    def tell(self, tint: str, icon: str, title: str, text: str) -> None:
        """Show words and let them be heard."""
        self.say(tint, icon, title, text)
        self.setVisible(True)
        announce(self, self.accessibleName())

    def pulled_out(self, number: str, signed: int, left: int) -> None:
        """Say that the token went; `number` is the dossier it was signing, "" when none."""
        where = f" khi đang ký hồ sơ {number}" if number else ""
        now = clock(datetime.now(UTC).isoformat())
        more = f"Cắm lại token rồi nhập mã PIN để ký {left} hồ sơ còn lại."
        self.tell("amber", "unplug", f"Token bị rút lúc {now}{where}.", f"{kept(signed)} Không có bản ký dở. {more}")

    def broke(self, message: str, signed: int) -> None:
        """Say any other error in its own words."""
        self.tell("red", "circle-alert", message, kept(signed))

    def ended(self, failed: Sequence[SignProgress], signed: int, left: int, stopped: bool) -> None:
        """Say how a batch ended that went to its end or was stopped by the user."""
        if failed:
            self.broke(f"{len(failed)} hồ sơ chưa ký được. {failed[0].message}", signed)
        elif stopped and left:
            self.tell("amber", "pause", "Đã dừng theo ý bạn.", kept(signed))
        else:
            words = f"Đã ký xong {signed} hồ sơ."
            self.tell("green", "circle-check", words, "Máy tự gửi hồ sơ đủ chữ ký khi có mạng.")


def kept(signed: int) -> str:
    """Say what is safe."""
    return f"{signed} hồ sơ ký xong vẫn giữ nguyên." if signed else "Chưa hồ sơ nào được ký."
