"""Runs the frozen program once, so that a package that cannot start is never handed out.

Usage: python -m installer.smoke FOLDER, where FOLDER is what PyInstaller made (dist/vungxa).
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

TIMEOUT_SECONDS = 60


class SmokeError(Exception):
    """Raised with what the frozen program did instead of what it must do."""


def run(program: Path, *arguments: str, home: Path) -> str:
    """Run the frozen program in an otherwise empty environment and give its output; exit codes 0 and 1 are answers.

    Raises SmokeError when it does not start, crashes, shows a traceback or takes over a minute.
    """
    # an empty environment: nothing of the build machine's Python or Qt may help
    environment = {"HOME": str(home), "PATH": os.defpath, "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
    try:
        done = subprocess.run(
            [str(program), *arguments],
            cwd=home,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise SmokeError(f"{program.name} {' '.join(arguments)}: {problem}") from problem
    if done.returncode not in (0, 1) or "Traceback" in done.stdout + done.stderr:
        raise SmokeError(f"{program.name} {' '.join(arguments)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def check_version(program: Path, home: Path) -> str:
    """Give what `vungxa --version` says; raises SmokeError when that is not a version."""
    version = run(program, "--version", home=home).strip()
    if not version.startswith("vungxa "):
        raise SmokeError(f"--version said {version!r}")
    return version


def check_doctor(program: Path, home: Path) -> None:
    """Raises SmokeError unless `vungxa doctor --json` answers with one JSON object that has `ok` and no error."""
    text = run(program, "doctor", "--json", home=home)
    try:
        answer = json.loads(text)
    except ValueError as problem:
        raise SmokeError(f"doctor --json did not answer with JSON: {text[:500]}") from problem
    if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool) or "error" in answer:
        raise SmokeError(f"doctor --json answered {text[:500]}")


def size_mb(folder: Path) -> float:
    """Give the folder's size in megabytes (10^6 bytes), each file once."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir()) / 1e6


def main() -> int:
    """Check the folder named on the command line; exit code 0 when the program in it works, else 1."""
    folder = Path(sys.argv[1]).resolve()
    program = folder / ("vungxa.exe" if sys.platform == "win32" else "vungxa")
    try:
        with tempfile.TemporaryDirectory() as home:
            version = check_version(program, Path(home))
            check_doctor(program, Path(home))
    except SmokeError as problem:
        print(f"smoke: {problem}", file=sys.stderr)
        return 1
    print(f"smoke: {version} starts and its doctor answers; {size_mb(folder):.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
