"""Every table of cases, found by itself: a new module cases_*.py or another list in one of them is run without a word.

`TABLES` holds the cases of each module by its name.
"""

from __future__ import annotations

import importlib
import pkgutil

import tests.unit.dossier as here
from tests.unit.dossier.rule_case import Case


def _cases(name: str) -> list[Case]:
    module = importlib.import_module(f"{here.__name__}.{name}")
    lists = [value for value in vars(module).values() if isinstance(value, list)]
    return [case for group in lists for case in group if isinstance(case, Case)]


TABLES: dict[str, list[Case]] = {
    item.name: _cases(item.name) for item in pkgutil.iter_modules(here.__path__) if item.name.startswith("cases_")
}
CASES = [case for cases in TABLES.values() for case in cases]
