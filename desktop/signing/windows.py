"""What only Windows has: key providers in the registry, and libraries that want their neighbours loaded with them."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator

_LOAD_WITH_ALTERED_SEARCH_PATH = 0x8
_PROVIDERS = r"SOFTWARE\Microsoft\Cryptography\Defaults\Provider"
_IMAGE = "Image Path"

if sys.platform == "win32":
    import winreg

    def provider_images() -> Iterator[str]:
        """Read the image path of every key provider of the machine."""
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _PROVIDERS) as providers:
            for index in range(winreg.QueryInfoKey(providers)[0]):
                try:
                    with winreg.OpenKey(providers, winreg.EnumKey(providers, index)) as provider:
                        yield str(winreg.QueryValueEx(provider, _IMAGE)[0])
                except OSError:  # a provider without an image, or not ours to read
                    continue

    def preload(module: str) -> None:
        """Load a module so that libraries beside it are found; a later load by path gives the same. Raises OSError."""
        ctypes.WinDLL(module, winmode=_LOAD_WITH_ALTERED_SEARCH_PATH)

else:

    def provider_images() -> Iterator[str]:
        """Give nothing: only Windows has key providers."""
        return iter(())

    def preload(module: str) -> None:
        """Do nothing: elsewhere the loader finds a library's neighbours by itself."""
