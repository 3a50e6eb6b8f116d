"""The shortest and longest PIN a token takes: in CK_TOKEN_INFO, but not in what python-pkcs11 makes of it.

Runs only in the token process, on a module that is loaded and initialised there already.
"""

from __future__ import annotations

import ctypes
import sys

_PACK = 1 if sys.platform == "win32" else 0
"""PKCS#11 packs its structures on Windows and nowhere else (PKCS#11 v2.40 base specification, section 2.1)."""
_GET_TOKEN_INFO = 6
"""Place of C_GetTokenInfo in CK_FUNCTION_LIST, counted from 0."""
_MAX_SENSIBLE = 255
Lengths = tuple[int, int]
_UNKNOWN: Lengths = (0, 0)


class _FunctionList(ctypes.Structure):
    _pack_ = _PACK
    _fields_ = (("version", ctypes.c_ubyte * 2), ("functions", ctypes.c_void_p * (_GET_TOKEN_INFO + 1)))


class _TokenInfo(ctypes.Structure):
    _pack_ = _PACK
    _fields_ = (
        ("texts", ctypes.c_char * (32 + 32 + 16 + 16)),
        ("flags", ctypes.c_ulong),
        ("sessions", ctypes.c_ulong * 4),
        ("max_pin_length", ctypes.c_ulong),
        ("min_pin_length", ctypes.c_ulong),
        ("memory", ctypes.c_ulong * 4),
        ("versions", ctypes.c_ubyte * 4),
        ("time", ctypes.c_char * 16),
    )


class PinLengths:
    """Asks one loaded module."""

    def __init__(self, module: str) -> None:
        functions = ctypes.POINTER(_FunctionList)()
        library = ctypes.CDLL(module)
        self._ask = None
        if library.C_GetFunctionList(ctypes.byref(functions)) == 0:
            kind = ctypes.CFUNCTYPE(ctypes.c_ulong, ctypes.c_ulong, ctypes.POINTER(_TokenInfo))
            self._ask = kind(functions.contents.functions[_GET_TOKEN_INFO])

    def of(self, slot: int) -> Lengths:
        """Give the shortest and longest PIN in bytes, (0, 0) where the token tells none or nonsense."""
        info = _TokenInfo()
        if self._ask is None or self._ask(slot, ctypes.byref(info)) != 0:
            return _UNKNOWN
        shortest, longest = info.min_pin_length, info.max_pin_length
        sensible = 0 < longest <= _MAX_SENSIBLE and shortest <= longest
        return (shortest, longest) if sensible else _UNKNOWN
