"""Backs a unit up, or restores one, in processes that kill themselves at every step in turn, and tells what is left.

Arguments: the unit's folder, the place, and the folder to restore into. One line of JSON for each process.
"""

import itertools
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from desktop.dossier.backup_views import BackupProgress
from desktop.store.backups import list_backups, write_backup
from desktop.store.keys import open_with_password
from desktop.store.restoring import restore
from desktop.store.store import Store
from tests.contract.store_kit import PASSWORD

Work = Callable[[Callable[[BackupProgress], None]], object]


def kill_at_every_step(what: str, work: Work, left: Callable[[], object]) -> None:
    for deadly in itertools.count(1):
        child = os.fork()
        if not child:
            work(_dying_at(deadly))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        sys.stdout.write(json.dumps({"what": what, "killed": killed, "code": status, "left": left()}) + "\n")
        if not killed:
            return


def _dying_at(deadly: int) -> Callable[[BackupProgress], None]:
    steps = itertools.count(1)

    def hear(_progress: BackupProgress) -> None:
        if next(steps) == deadly:
            sys.stdout.flush()
            os.kill(os.getpid(), signal.SIGKILL)

    return hear


def main(unit: Path, place: Path, into: Path) -> None:
    def back_up(hear: Callable[[BackupProgress], None]) -> None:
        with Store.open(unit, PASSWORD) as store:
            write_backup(store, place, "asked", hear)

    def bring_back(hear: Callable[[BackupProgress], None]) -> None:
        newest = next(backup for backup in list_backups(place) if not backup.problem)
        restore(newest.path, into, lambda path: open_with_password(path, PASSWORD), hear)

    kill_at_every_step("backup", back_up, lambda: [backup.problem for backup in list_backups(place)])
    kill_at_every_step("restore", bring_back, lambda: sorted(path.name for path in into.glob("*")))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
