"""Collects the fonts and icons named in assets.toml into build/assets, so that none is pasted into the tree.

Wheels are fetched by pip under the digests of requirements/assets.txt and read, never installed. Liberation Serif
comes from the installed Debian package, or is fetched as a .deb and unpacked where the user may not install.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

PROJECT = Path(__file__).resolve().parents[1]
LIST = PROJECT / "installer" / "assets.toml"
TARGET = PROJECT / "build" / "assets"


class AssetError(Exception):
    """Raised so that set-up stops with a sentence instead of shipping a program without its fonts."""


def wanted() -> dict[str, Any]:
    """Give the list of what is shipped, as parsed from assets.toml."""
    return tomllib.loads(LIST.read_text(encoding="utf-8"))


def collect(target: Path = TARGET) -> None:
    """Fill `target` with fonts/, icons/ and licences/ anew; the old folder stays whole until the new one is.

    Raises AssetError when a listed file cannot be had or has another content than the one it was listed with.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    listed = wanted()
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        fresh = Path(scratch) / "assets"
        for folder in ("fonts", "icons", "licences"):
            (fresh / folder).mkdir(parents=True)
        members = _wheel_members(Path(scratch) / "wheels")
        _write_icons(listed["icons"], members, fresh / "icons")
        _write_inter(listed["inter"], members, fresh / "fonts")
        for name, member in listed["licences"].items():
            (fresh / "licences" / name).write_bytes(_member(members, member))
        _write_liberation(listed["liberation"], fresh, Path(scratch) / "deb")
        shutil.rmtree(target, ignore_errors=True)
        fresh.replace(target)


def _wheel_members(wheels: Path) -> dict[str, bytes]:
    """Fetch the locked wheels and give their files by name; a wheel with another digest is refused by pip."""
    lock = PROJECT / "requirements" / "assets.txt"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    _run([*command, "--only-binary=:all:", "--dest", str(wheels), "--requirement", str(lock)])
    members: dict[str, bytes] = {}
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            members.update((name, archive.read(name)) for name in archive.namelist())
    return members


def _write_icons(names: list[str], members: dict[str, bytes], folder: Path) -> None:
    for name in names:
        (folder / f"{name}.svg").write_bytes(_member(members, f"fasthtml_lucide/icons/{name}.svg"))


def _write_inter(inter: dict[str, Any], members: dict[str, bytes], folder: Path) -> None:
    source = _member(members, inter["member"])
    for style, weight in inter["weights"].items():
        font = TTFont(BytesIO(source), recalcTimestamp=False)
        axes = {"wght": weight, "opsz": inter["optical_size"]}
        instantiateVariableFont(font, axes, inplace=True, updateFontNames=True)
        font.save(folder / f"Inter-{style}.ttf")


def _write_liberation(liberation: dict[str, Any], fresh: Path, scratch: Path) -> None:
    """Copy the four files whose content is the listed one; an older Debian font of that name lacks Vietnamese."""
    for root in _debian_roots(liberation["package"], scratch):
        found = {name: _font_with(root, liberation["folders"], name, digest) for name, digest in _files(liberation)}
        licence = root / liberation["licence"]
        if all(found.values()) and licence.is_file():
            for name, content in found.items():
                (fresh / "fonts" / name).write_bytes(content or b"")
            shutil.copyfile(licence, fresh / "licences" / "Liberation-OFL.txt")
            return
    raise AssetError(
        f"Không có phông Liberation Serif đúng phiên bản. Hãy cài gói Debian {liberation['package']} rồi chạy lại "
        f"make setup. (Liberation Serif as listed in {LIST.name} was not found.)"
    )


def _files(liberation: dict[str, Any]) -> list[tuple[str, str]]:
    return list(liberation["files"].items())


def _debian_roots(package: str, scratch: Path) -> Iterator[Path]:
    """Give first the system, then the unpacked package, fetched only when the system's files would not do."""
    yield Path("/")
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        return
    scratch.mkdir()
    _run(["apt-get", "download", "--quiet", package], folder=scratch)
    for archive in scratch.glob("*.deb"):
        _run(["dpkg-deb", "--extract", str(archive), str(scratch / "root")])
        yield scratch / "root"


def _font_with(root: Path, folders: list[str], name: str, digest: str) -> bytes | None:
    for path in (root / folder / name for folder in folders):
        if path.is_file() and hashlib.sha256(content := path.read_bytes()).hexdigest() == digest:
            return content
    return None


def _member(members: dict[str, bytes], name: str) -> bytes:
    if name not in members:
        raise AssetError(f"Thiếu tệp {name} trong các gói của requirements/assets.txt (not in the locked packages).")
    return members[name]


def _run(command: list[str], folder: Path | None = None) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        tail = done.stderr.strip().splitlines()[-3:]
        raise AssetError(f"Lệnh không chạy được ({' '.join(command[:3])}): " + " | ".join(tail))


def main() -> int:
    """Collect, and say in one line what is wrong if it cannot be done; exit code 0 or 1."""
    try:
        collect()
    except AssetError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
