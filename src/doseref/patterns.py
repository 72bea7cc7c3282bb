"""Regular expressions that are compiled when they are first asked.

A check loads some hundred of them, and compiling one costs as much as reading an instruction; most say nothing about
three items. :func:`regex` takes the place of ``re.compile``; like any compiled pattern it is asked by its own methods.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split", "flags", "groups")


class Uncompiled:
    """A pattern that is not compiled yet; from its first use on its methods are those of the compiled one."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update((each, getattr(compiled, each)) for each in _METHODS)
        return self.__dict__[name]


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern ``text`` with the flags of :mod:`re`; a fault in it is told (``re.error``) at its first use."""
    return cast("re.Pattern[str]", Uncompiled(text, flags))
