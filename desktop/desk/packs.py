"""The form packs of this machine: loaded at the start, imported from a file, used, given up again (docs/packs.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.dossier.dates import format_date
from desktop.dossier.forms import Pack
from desktop.dossier.pack import SHELF, VERSION, PackError, Shelf
from desktop.store.packs import PackFolder

if TYPE_CHECKING:  # loaded with the first pack there is: a machine without any starts without cryptography
    from desktop.signing.packfile import SignedPack

MAX_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True)
class PackView:
    """A pack as people see it; `state` is "in_use", "waiting" (not yet in force), "older" or "aside"."""

    version: str
    decree: str
    valid_from: str
    valid_to: str | None
    forms: int
    state: str
    built_in: bool


class Packs:
    """The packs in a machine's folder and on the shelf of this process, judged by the Treasury's `keys`."""

    def __init__(
        self, keys: Mapping[str, str] | None = None, folder: PackFolder | None = None, shelf: Shelf = SHELF
    ) -> None:
        self._folder = folder or PackFolder()
        self._keys = self._folder.keys() if keys is None else keys
        self._shelf = shelf
        self._known: dict[str, str] = {}
        self._seen: set[Path] = set()

    def load(self, today: str) -> list[str]:
        """Put every pack that verifies on the shelf, in place of all that was there, and follow the day.

        Gives a sentence for each that does not; the program goes on with those that do.
        """
        self._shelf.clear()
        self._known, self._seen = {}, set()
        said = self.look(today)[1]
        self._shelf.put_aside(self._folder.aside())
        self.follow(today)
        return said

    def look(self, today: str) -> tuple[list[PackView], list[str]]:
        """Put packs on the shelf whose files came since; gives them and a sentence for each that does not verify."""
        came, said = [], []
        for path in self._folder.files():
            if path in self._seen:
                continue
            self._seen.add(path)
            try:
                came.append(self._put(self._checked(_read(path))))
            except PackError as error:
                said.append(f"Bộ mẫu {path.stem[:12]} lưu trong máy không dùng được. {error.message}")
        if came:
            self.follow(today)
        return [self._view(pack, today) for pack in came], said

    def follow(self, today: str) -> None:
        """Let what names no pack use the one in force today."""
        self._shelf.use(self._shelf.in_force(today).version)

    def views(self, today: str) -> list[PackView]:
        """Every known pack, oldest first."""
        return [self._view(self._shelf.get(version), today) for version in self._shelf.versions()]

    def import_file(self, path: Path, today: str) -> PackView:
        """Take a pack from a file or a USB stick and keep it. Raises PackError; nothing is changed then."""
        if not self._keys:
            raise PackError(
                "pack_no_key",
                "Máy chưa có khóa của Kho bạc để kiểm chữ ký bộ mẫu. Đăng ký máy với Kho bạc rồi nhập lại.",
            )
        return self.take(_read(path), today)

    def take(self, content: bytes, today: str) -> PackView:
        """Verify a pack's file, keep it and put it on the shelf; one that is here already stays as it is.

        Raises PackError of `read_packfile`, pack_version_taken, pack_not_stored.
        """
        signed = self._checked(content)
        try:
            self._seen.add(self._folder.add(signed.sha256, content))
        except OSError:
            raise not_stored() from None
        pack = self._put(signed)
        self.follow(today)
        return self._view(pack, today)

    def use(self, version: str, today: str) -> PackView:
        """Let new drafts use a pack; newer ones that are known are set aside, until somebody uses them.

        Raises PackError unknown_pack, pack_not_in_force, pack_not_stored.
        """
        pack = self._shelf.get(version)
        if not pack.covers(today):
            raise PackError(
                "pack_not_in_force", f"Bộ mẫu {version} dùng {_days(pack)}, không dùng cho hôm nay. Chọn bộ mẫu khác."
            )
        order = self._shelf.versions()
        newer = order[order.index(version) + 1 :]
        self._set_aside((self._folder.aside() - {version}) | set(newer), today)
        return self._view(pack, today)

    def go_back(self, today: str) -> PackView:
        """Set the pack in use aside and use the one before it. Raises PackError pack_no_earlier."""
        order, used = self._shelf.versions(), self._shelf.in_force(today).version
        earlier = [name for name in order[: order.index(used)] if self._shelf.get(name).covers(today)]
        if not earlier:
            raise PackError("pack_no_earlier", f"Không có bộ mẫu nào trước {used} còn dùng được hôm nay.")
        return self.use(earlier[-1], today)

    def _set_aside(self, versions: set[str] | frozenset[str], today: str) -> None:
        try:
            self._folder.put_aside(versions)
        except OSError:
            raise not_stored() from None
        self._shelf.put_aside(versions)
        self.follow(today)

    def _checked(self, content: bytes) -> SignedPack:
        from desktop.signing.packfile import read_packfile

        signed = read_packfile(content, self._keys)
        version = signed.pack.version
        if version == VERSION or self._known.get(version, signed.sha256) != signed.sha256:
            raise PackError(
                "pack_version_taken",
                f"Máy đã có bộ mẫu {version} với nội dung khác. Bộ mẫu sửa đổi phải mang số khác; báo Kho bạc.",
            )
        return signed

    def _put(self, signed: SignedPack) -> Pack:
        self._known[signed.pack.version] = signed.sha256
        self._shelf.put(signed.pack, signed.companions)
        return signed.pack

    def _view(self, pack: Pack, today: str) -> PackView:
        return PackView(
            version=pack.version,
            decree=pack.decree,
            valid_from=pack.valid_from,
            valid_to=pack.valid_to,
            forms=len(pack.forms),
            state=self._state(pack, today),
            built_in=pack.version == VERSION,
        )

    def _state(self, pack: Pack, today: str) -> str:
        if pack.version == self._shelf.in_force(today).version:
            return "in_use"
        if pack.version in self._folder.aside():
            return "aside"
        return "waiting" if today < pack.valid_from else "older"


def words(view: PackView) -> str:
    """Say of a pack that came what it is and from when it is used."""
    return f"Bộ mẫu {view.version} (Nghị định {view.decree}), {view.forms} mẫu, dùng {_days(view)}."


def _days(pack: Pack | PackView) -> str:
    until = f" đến {format_date(pack.valid_to)}" if pack.valid_to else ""
    return f"từ {format_date(pack.valid_from)}{until}"


def not_stored() -> PackError:
    """The error for a disk that does not take a pack."""
    return PackError("pack_not_stored", "Không ghi được bộ mẫu vào máy. Kiểm tra chỗ trống và quyền ghi rồi thử lại.")


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError:
        raise PackError(
            "pack_unreadable", "Không mở được tệp bộ mẫu. Kiểm tra đường dẫn, USB và quyền đọc rồi nhập lại."
        ) from None
