"""The thirty-five dossiers of the month."""

from __future__ import annotations

from desktop.demo.month.commune import COMMUNE
from desktop.demo.month.school import SCHOOL

PLAN = (*COMMUNE, *SCHOOL)
