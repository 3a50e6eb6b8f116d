"""The strip that says how a batch ended; whatever happened, it says first what is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from desktop.dossier.sign_views import SignItem, SignProgress
from desktop.ui.kit.basic import announce, button
from desktop.ui.kit.signs import Banner
from desktop.ui.wording import clock

NAMED = 4
"""So many dossiers are named by number; of more only their count is said."""


class Outcome(Banner):
    """Hidden until a batch has ended; `examine` opens the token doctor, where there is one."""

    def __init__(self, examine: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.setVisible(False)
        self._examine = button("Khám token", "search", "small", examine)
        self._can_examine = examine is not None
        self._examine.setVisible(False)
        self.buttons.addWidget(self._examine)

    def tell(self, tint: str, icon: str, title: str, text: str, *, examine: bool = False) -> None:
        """Show words and let them be heard."""
        self.say(tint, icon, title, text)
        self._examine.setVisible(examine and self._can_examine)
        self.setVisible(True)
        announce(self, self.accessibleName())

    def pulled_out(self, number: str, signed: int, left: int) -> None:
        """Say that the token went; `number` is the dossier it was signing, "" when none."""
        where = f" khi đang ký hồ sơ {number}" if number else ""
        now = clock(datetime.now(UTC).isoformat())
        again = f"Hồ sơ {number} sẽ ký lại từ tài liệu đầu, không có bản ký dở." if number else "Không có bản ký dở."
        more = f"Cắm lại token rồi nhập mã PIN để ký {left} hồ sơ còn lại."
        self.tell("amber", "unplug", f"Token bị rút lúc {now}{where}.", f"{kept(signed)} {again} {more}")

    def broke(self, message: str, signed: int, left: int = 0, *, examine: bool = False) -> None:
        """Say any other error in its own words, and how to go on."""
        head, _, rest = message.partition(". ")
        more = f" Khi xong, nhập mã PIN để ký {left} hồ sơ còn lại." if left and signed else ""
        text = f"{rest} {kept(signed)}{more}".strip()
        self.tell("red", "circle-alert", head.rstrip(".") + ".", text, examine=examine)

    def ended(
        self, failed: Sequence[tuple[str, SignProgress]], signed: int, left: int, held: int, stopped: bool
    ) -> None:
        """Say how a batch ended that went to its end or was stopped by the user.

        `failed` pairs the number of a dossier with how it ended; `held` counts those left out for their payees.
        """
        skipped = f"{held} hồ sơ chưa ký vì chưa xác nhận người nhận tiền mới hoặc đổi." if held else ""
        if failed:
            title, text = _failures(failed)
            self.tell("red", "circle-alert", title, f"{text} {kept(signed)} {skipped}".strip())
        elif stopped and left:
            self.tell("amber", "pause", "Đã dừng theo ý bạn.", f"{kept(signed)} {skipped}".strip())
        elif held:
            self.tell("amber", "users", f"Đã ký xong {signed} hồ sơ.", f"{skipped} Chọn từng hồ sơ để xác nhận rồi ký.")
        else:
            words = f"Đã ký xong {signed} hồ sơ."
            self.tell("green", "circle-check", words, "Máy tự gửi hồ sơ đủ chữ ký khi có mạng.")


def _failures(failed: Sequence[tuple[str, SignProgress]]) -> tuple[str, str]:
    """A title with the numbers, and each reason once."""
    numbers = [number for number, _progress in failed]
    named = ", ".join(numbers) if len(numbers) <= NAMED else ""
    title = f"{len(failed)} hồ sơ chưa ký được" + (f": {named}." if named else ".")
    reasons = list(dict.fromkeys(progress.message for _number, progress in failed if progress.message))
    if len(reasons) > 2:
        return title, "Chọn từng hồ sơ có dấu đỏ để xem vì sao."
    return title, " ".join(reasons)


def failures(items: Sequence[SignItem], progress: Mapping[str, SignProgress]) -> list[tuple[str, SignProgress]]:
    """Give the dossiers that could not be signed, by number, in list order."""
    return [(item.number, progress[item.local_id]) for item in items if progress[item.local_id].state == "failed"]


def kept(signed: int) -> str:
    """Say what is safe."""
    return f"{signed} hồ sơ ký xong vẫn giữ nguyên." if signed else "Chưa hồ sơ nào được ký."
