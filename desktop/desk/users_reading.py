"""What is known of a unit's users, from the store and from the envelope beside it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from desktop.desk.allowing import needs, reading
from desktop.desk.backing_up import chosen_place
from desktop.desk.context import DeskContext
from desktop.dossier.duties import Act, titles
from desktop.dossier.users import User
from desktop.dossier.users_views import RotationView, UsersView, UserView
from desktop.store.envelope import SlotView, views
from desktop.store.rotation import left_behind, room_needed, seconds_needed
from desktop.store.store import KEYS
from desktop.store.ways_in import read_current

_KINDS = {"password": "mật khẩu", "recovery": "mã khôi phục", "token": "token"}
ROTATION = "rotation_wanted"
"""Name of the setting that holds the envelope's epoch when somebody with access left; "" when nobody did."""
STOPPED = "rotation_stopped"
"""Name of the setting that holds the envelope's epoch when each user was disabled, JSON by id."""


class UsersReading:
    """Reads for the screen and for the changes; nothing here asks for a secret."""

    def __init__(self, context: DeskContext, folder: Path) -> None:
        self._context = context
        self._path = folder / KEYS

    @reading
    def view(self) -> UsersView:
        """Everything the screen shows. Raises StoreError."""
        slots = self._slots()
        return UsersView(
            users=tuple(self.users()),
            mine=self.mine(),
            shared=any(slot.kind == "password" and not slot.user for slot in slots),
            recovery=any(slot.kind == "recovery" for slot in slots),
            rotation_wanted=self.rotation_wanted(),
        )

    @reading
    def users(self) -> list[UserView]:
        """Every user with their ways in. Raises StoreError."""
        slots, unlocks = self._slots(), self._context.store.users.last_unlocks()
        return [
            UserView(
                user_id=user.user_id,
                name=user.name,
                duties=user.duties,
                duty_titles=titles(user.duties),
                person_id=user.person_id,
                certificate=self.certificate_of(user),
                enabled=user.enabled,
                has_password=_has(slots, user, "password"),
                has_token=_has(slots, user, "token"),
                last_unlock=unlocks.get(user.user_id, ""),
            )
            for user in self._context.store.users.all()
        ]

    @reading
    def mine(self) -> str:
        """Who is at the desk, "" with the shared password."""
        return self._context.account.user_id if self._context.account else ""

    @reading
    def certificate_of(self, user: User) -> str:
        """SHA-256 of the certificate of the signer a user is; "" for none."""
        people = self._context.store.unit.people()
        return next((one.certificate_sha256 for one in people if one.person_id == user.person_id), "")

    @reading
    def had_a_way_in(self, user_id: str) -> bool:
        """Whether a user ever could open the store; one who is disabled now could."""
        return any(slot.user == user_id and slot.kind != "recovery" for slot in self._slots())

    @needs(Act.USERS)
    def want_rotation(self) -> None:
        """Remembers that somebody left who had the data key of now."""
        self._context.store.settings.set(ROTATION, str(read_current(self._path).epoch))

    @needs(Act.USERS)
    def want_rotation_without(self, user_id: str) -> None:
        """Remembers that a user was disabled who had the data key of now; it counts until they are enabled again."""
        stopped = {**self._stopped(), user_id: read_current(self._path).epoch}
        self._context.store.settings.set(STOPPED, json.dumps(stopped))

    @reading
    def rotation_wanted(self) -> bool:
        """Whether the data key is still one that somebody had who left or was disabled."""
        left = self._context.store.settings.get(ROTATION)
        stopped, now = self._stopped(), read_current(self._path).epoch
        outside = [stopped.get(user.user_id, -1) for user in self._context.store.users.all() if not user.enabled]
        return now <= max(int(left or -1), *outside, -1)

    @reading
    def rotation(self) -> RotationView:
        """What changing the data key takes here and now. Raises StoreError."""
        store, folder = self._context.store, self._path.parent
        place = chosen_place(store)
        return RotationView(
            seconds=seconds_needed(folder),
            needed=room_needed(folder),
            free=shutil.disk_usage(folder).free,
            backup=place is not None and (place / store.unit.get().code).is_dir(),
            ended=tuple(f"{_KINDS[slot.kind]} {slot.name}".rstrip() for slot in left_behind(folder)),
        )

    def _stopped(self) -> dict[str, int]:
        return dict(json.loads(self._context.store.settings.get(STOPPED) or "{}"))

    def _slots(self) -> tuple[SlotView, ...]:
        return views(read_current(self._path).slots)


def _has(slots: tuple[SlotView, ...], user: User, kind: str) -> bool:
    return any(slot.kind == kind and slot.user == user.user_id for slot in slots)
