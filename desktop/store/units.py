"""The unit itself, its people, the settings of this machine and how it is known to the gateway."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from desktop.dossier.people import Person, Unit
from desktop.store.database import Database
from desktop.store.errors import fault
from desktop.store.registrations import Registrations


class UnitRecord:
    """The registered unit and its people, as Mẫu 24 has them."""

    def __init__(self, database: Database, registrations: Registrations) -> None:
        self._database = database
        self._registrations = registrations

    def get(self) -> Unit:
        """Return the unit. Raises StoreError no_store when none was set."""
        body = self._database.value("SELECT body FROM unit WHERE id = 1")
        if body is None:
            raise fault("no_store")
        return Unit.model_validate_json(body)

    def people(self) -> tuple[Person, ...]:
        """Return the registered people in their order."""
        rows = self._database.rows("SELECT body FROM people ORDER BY position")
        return tuple(Person.model_validate_json(row["body"]) for row in rows)

    def save(self, unit: Unit, people: Sequence[Person]) -> None:
        """Replace unit and people; the register over time follows, so that what they signed stays good."""
        with self._database.transaction():
            self._database.run("INSERT OR REPLACE INTO unit VALUES (1, ?)", (unit.model_dump_json(),))
            self._database.run("DELETE FROM people")
            for position, person in enumerate(people):
                self._database.insert(
                    "people", person_id=person.person_id, position=position, body=person.model_dump_json()
                )
            self._registrations.keep_in_step(people)


_MACHINE_ID = "machine_id"


class Settings:
    """Named texts this unit chose: theme, text scale, last file dialog. Nothing here is a fact."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str, default: str = "") -> str:
        """Return a setting or the default."""
        value = self._database.value("SELECT value FROM settings WHERE name = ?", (name,))
        return default if value is None else str(value)

    def set(self, name: str, value: str) -> None:
        """Keep a setting."""
        with self._database.transaction():
            self._database.run("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def machine_id(self) -> str:
        """Return this store's name for the machine it is on: 32 random hex digits, made when first asked for."""
        if not self.get(_MACHINE_ID):
            with self._database.transaction():
                self._database.run("INSERT OR IGNORE INTO settings VALUES (?, ?)", (_MACHINE_ID, secrets.token_hex(16)))
        return self.get(_MACHINE_ID)

    def renew_machine_id(self) -> None:
        """Take another name: after a restore, two machines may hold what one held."""
        self.set(_MACHINE_ID, secrets.token_hex(16))


class DeviceConfig(BaseModel):
    """What enrolment gave this machine; the key stays in the encrypted store and out of every repr.

    `tls_pin` is the SHA-256 of the gateway's certificate (DER, hex), `device_key` the raw Ed25519 private key (32
    bytes), `statement_keys` the Treasury's raw public keys in base64 by key id.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_bytes="hex", val_json_bytes="hex")

    url: str
    tls_pin: str
    device_id: str
    device_key: bytes = Field(repr=False)
    statement_keys: dict[str, str]
    unit_code: str = ""


class Device:
    """How this machine is enrolled at the gateway."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self) -> DeviceConfig | None:
        """Return the enrolment, None before it."""
        body = self._database.value("SELECT body FROM device WHERE id = 1")
        return None if body is None else DeviceConfig.model_validate_json(body)

    def set(self, config: DeviceConfig) -> None:
        """Replace the enrolment."""
        with self._database.transaction():
            self._database.run("INSERT OR REPLACE INTO device VALUES (1, ?)", (config.model_dump_json(),))
