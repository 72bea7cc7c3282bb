"""A mapping whose values are made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

T = TypeVar("T")


class Lazy(Mapping[str, T]):
    """A mapping whose values are made when they are asked for, each once; a dict of ``keys`` is kept and not copied."""

    _keys: dict[str, Any]

    def __init__(self, keys: Iterable[str], make: Callable[[str], T]) -> None:
        self._keys = keys if isinstance(keys, dict) else keys._keys if isinstance(keys, Lazy) else dict.fromkeys(keys)
        self._make = make
        self._made: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        if key not in self._made:
            if key not in self._keys:
                raise KeyError(key)
            self._made[key] = self._make(key)
        return self._made[key]

    def get(self, key: str, default: Any = None) -> Any:
        """The value, or ``default`` where the key is not known; without an exception,
        since most keys asked for are not.
        """
        return self[key] if key in self._keys else default

    def __repr__(self) -> str:
        """Short: how many, and the first of them."""
        first = ", ".join(map(repr, list(self._keys)[:3]))
        return f"<{len(self):,} entries: {first}{', …' if len(self) > 3 else ''}>"

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
