"""A PIN on its way to a token: in one buffer, wiped when it has been used."""

from __future__ import annotations


class Pin:
    """The bytes of a PIN (UTF-8). python-pkcs11 asks a PIN only to `encode` itself and hands C what it gets.

    So the driver reads this very buffer, and no string or copy of the PIN is left in the token process.
    """

    def __init__(self, buffer: bytearray) -> None:
        self._buffer = buffer

    def __len__(self) -> int:
        return len(self._buffer)

    def encode(self, _encoding: str = "utf-8") -> bytearray:
        """Give the buffer itself, as `str.encode` gives bytes."""
        return self._buffer

    def copy(self) -> Pin:
        """Give a PIN of its own, to be wiped by who keeps it."""
        return Pin(bytearray(self._buffer))

    def wipe(self) -> None:
        """Overwrite the buffer with zeros; its length stays."""
        self._buffer[:] = bytes(len(self._buffer))
