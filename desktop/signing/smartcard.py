"""Whether the system's smart-card service answers: without it no driver sees a reader."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

PCSCD_SOCKET = Path("/run/pcscd/pcscd.comm")
"""Where pcscd listens (pcsc-lite); systemd starts the service when somebody connects."""
WAIT_SECONDS = 2.0
WINDOWS_SERVICE = "SCardSvr"
_RUNNING, _CONNECT, _QUERY = 4, 1, 4


def service_state(socket_path: Path = PCSCD_SOCKET) -> str:
    """Tell "running", "stopped", "missing" (not installed), or "unknown" where this cannot be asked."""
    if sys.platform == "win32":
        return _windows_state()
    if not sys.platform.startswith("linux"):
        return "unknown"
    return _socket_state(socket_path)


def _socket_state(path: Path) -> str:
    if not path.exists():
        return "missing"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(WAIT_SECONDS)
        try:
            line.connect(str(path))
        except OSError:
            return "stopped"
    return "running"


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    def _windows_state() -> str:
        """Ask the service manager; a stopped service starts by itself when a reader is plugged in."""
        api = ctypes.WinDLL("advapi32", use_last_error=True)
        api.OpenSCManagerW.restype = api.OpenServiceW.restype = wintypes.HANDLE
        api.OpenServiceW.argtypes = (wintypes.HANDLE, wintypes.LPCWSTR, wintypes.DWORD)
        api.QueryServiceStatus.argtypes = (wintypes.HANDLE, ctypes.c_void_p)
        api.CloseServiceHandle.argtypes = (wintypes.HANDLE,)
        manager = api.OpenSCManagerW(None, None, _CONNECT)
        if not manager:
            return "unknown"
        service = api.OpenServiceW(manager, WINDOWS_SERVICE, _QUERY)
        state = (wintypes.DWORD * 7)()
        asked = bool(service) and bool(api.QueryServiceStatus(service, state))
        for handle in (service, manager):
            if handle:
                api.CloseServiceHandle(handle)
        if not service:
            return "missing"
        return "running" if asked and state[1] == _RUNNING else "stopped"
else:

    def _windows_state() -> str:
        return "unknown"
