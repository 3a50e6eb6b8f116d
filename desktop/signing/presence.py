"""What is plugged in, asked often: readers, tokens, flags, certificates. Runs only in the token process."""

from __future__ import annotations

from typing import Any, NamedTuple

import pkcs11
from pkcs11 import SlotFlag, TokenFlag

from desktop.signing.certificates import CertificateInfo
from desktop.signing.driver_objects import read_certificates
from desktop.signing.driver_refusals import GONE, DriverError
from desktop.signing.pinlengths import Lengths, PinLengths
from desktop.signing.tokeninfo import ReaderInfo, TokenInfo


class _Known(NamedTuple):
    """What does not change while a token stays plugged in, and takes long to read."""

    certificates: tuple[CertificateInfo, ...]
    lengths: Lengths


class Presence:
    """Looks at one module's slots. Slots, serials and flags are read each time, certificates once for each token."""

    def __init__(self, library: Any, module: str) -> None:
        self._library = library
        self._module = module
        self._lengths = PinLengths(module)
        self._known: dict[tuple[int, str, str], _Known] = {}

    def readers(self) -> list[ReaderInfo]:
        """List every slot, also an empty one."""
        full = {slot.slot_id for slot in self._library.get_slots(token_present=True)}
        return [
            ReaderInfo(
                self._module,
                slot.slot_id,
                text(slot.slot_description),
                text(slot.manufacturer_id),
                slot.slot_id in full,
                bool(SlotFlag.HW_SLOT & slot.flags),
            )
            for slot in self._library.get_slots()
        ]

    def tokens(self) -> list[TokenInfo]:
        """List initialised tokens with their certificates; no PIN needed. One that cannot be read hides no other."""
        found, failed, here = [], None, self.present()
        self._known = {key: self._known[key] for key in map(_key, here) if key in self._known}
        for token in here:
            try:
                found.append(self._info(token))
            except pkcs11.PKCS11Error as error:
                failed = error
        if failed is not None and not found:
            raise failed
        return found

    def present(self) -> list[Any]:
        """List fresh snapshots of the initialised tokens that are plugged in."""
        found = []
        for slot in self._library.get_slots(token_present=True):
            try:
                token = slot.get_token()
            except GONE:
                continue
            if TokenFlag.TOKEN_INITIALIZED & token.flags:
                found.append(token)
        return found

    def token(self, serial: str) -> Any:
        """Find a token that is plugged in. Raises DriverError token_gone."""
        for token in self.present():
            if serial_of(token) == serial:
                return token
        raise DriverError("token_gone")

    def wake(self) -> None:
        """Initialise the module anew if it shows no reader at all: some look for readers only then.

        Nothing can be open on a module without a reader, so nothing is lost.
        """
        if not self._library.get_slots():
            self._library.reinitialize()

    def _info(self, token: Any) -> TokenInfo:
        known = self._known.get(_key(token))
        if known is None:
            known = self._known[_key(token)] = self._read(token)
        flags, slot = token.flags, token.slot
        return TokenInfo(
            serial=serial_of(token),
            label=text(token.label),
            manufacturer=text(token.manufacturer_id),
            pin_low=bool(TokenFlag.USER_PIN_COUNT_LOW & flags),
            pin_final_try=bool(TokenFlag.USER_PIN_FINAL_TRY & flags),
            pin_locked=bool(TokenFlag.USER_PIN_LOCKED & flags),
            certificates=known.certificates,
            model=text(token.model),
            reader=text(slot.slot_description),
            hardware=bool(SlotFlag.HW_SLOT & slot.flags),
            pin_pad=bool(TokenFlag.PROTECTED_AUTHENTICATION_PATH & flags),
            pin_not_set=not TokenFlag.USER_PIN_INITIALIZED & flags,
            pin_to_change=bool(TokenFlag.USER_PIN_TO_BE_CHANGED & flags),
            pin_min=known.lengths[0],
            pin_max=known.lengths[1],
            module=self._module,
            login_required=bool(TokenFlag.LOGIN_REQUIRED & flags),
        )

    def _read(self, token: Any) -> _Known:
        with token.open() as session:
            certificates = tuple(found.info for found in read_certificates(session))
        return _Known(certificates, self._lengths.of(token.slot.slot_id))

    def lengths(self, token: Any) -> Lengths:
        """Give the shortest and longest PIN of a token in bytes, (0, 0) where it does not tell."""
        return self._lengths.of(token.slot.slot_id)


def serial_of(token: Any) -> str:
    """Give a token's serial as text; PKCS#11 pads it with blanks."""
    return bytes(token.serial).decode("utf-8", "replace").strip(" \0")


def text(padded: str) -> str:
    """Give a text of PKCS#11 without its padding."""
    return padded.strip(" \0")


def _key(token: Any) -> tuple[int, str, str]:
    return token.slot.slot_id, serial_of(token), text(token.label)
