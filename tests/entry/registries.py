"""A stand-in for ``winreg``: as much of it as is used, in a dictionary."""

from __future__ import annotations

import contextlib


class FakeRegistry:
    """The registry of one user; `closed` makes it refuse every change."""

    HKEY_CURRENT_USER, REG_SZ, REG_DWORD = "HKCU", 1, 4

    def __init__(self, keys=None):
        self.keys = {key: dict(values) for key, values in (keys or {}).items()}
        self.closed = False

    @contextlib.contextmanager
    def _opened(self, key):
        yield key

    def OpenKey(self, root, key):
        assert root == self.HKEY_CURRENT_USER
        if not any(held == key or held.startswith(key + "\\") for held in self.keys):
            raise FileNotFoundError
        return self._opened(key)

    def CreateKey(self, root, key):
        if self.closed:
            raise PermissionError
        self.keys.setdefault(key, {})
        return self._opened(key)

    def DeleteKey(self, root, key):
        if self.closed:
            raise PermissionError
        del self.keys[key]

    def SetValueEx(self, key, name, reserved, kind, value):
        assert kind == (self.REG_SZ if isinstance(value, str) else self.REG_DWORD)
        self.keys[key][name] = value

    def QueryValueEx(self, key, name):
        if name not in self.keys.get(key, {}):
            raise FileNotFoundError
        return self.keys[key][name], None

    def EnumKey(self, key, place):
        below = sorted({k[len(key) + 1 :].split("\\")[0] for k in self.keys if k.startswith(key + "\\")})
        if place >= len(below):
            raise OSError
        return below[place]
