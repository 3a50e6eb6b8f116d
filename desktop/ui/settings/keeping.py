"""The sections about keeping the unit's data, as far as the window has services for them."""

from __future__ import annotations

from collections.abc import Callable

from desktop.ui.context import Context
from desktop.ui.settings.backup_section import BackupSection
from desktop.ui.settings.data_section import DataSection
from desktop.ui.settings.journal_section import JournalSection
from desktop.ui.settings.section import Section
from desktop.ui.settings.services import SettingsServices


def keeping_sections(
    context: Context, services: SettingsServices, fail: Callable[[str], object]
) -> tuple[Section, ...]:
    """Make «Sao lưu», «Nhật ký» and «Dữ liệu», each where there is a service for it."""
    made: list[Section] = []
    if services.backup is not None:
        made.append(BackupSection(context, services.backup, fail, services.restore))
    if services.journal is not None:
        made.append(JournalSection(context, services.journal, fail))
    if services.data is not None:
        made.append(DataSection(context, services.data, fail))
    return tuple(made)
