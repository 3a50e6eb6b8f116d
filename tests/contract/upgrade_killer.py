"""Upgrades a store and kills its own process the moment a step of a given name begins."""

import os
import signal
import sys
from pathlib import Path

from desktop.store.clock import system_clock
from desktop.store.keys import unlock
from desktop.store.store import DATABASE, KEYS
from desktop.store.upgrading import bring_up
from tests.contract.store_kit import PASSWORD


def upgrade_until(folder: Path, deadly: str) -> None:
    def told(step: str) -> None:
        if step == deadly:
            os.kill(os.getpid(), signal.SIGKILL)

    bring_up(folder / DATABASE, unlock(folder / KEYS, PASSWORD), system_clock, told)


if __name__ == "__main__":
    upgrade_until(Path(sys.argv[1]), sys.argv[2])
