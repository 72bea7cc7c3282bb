"""Frozen records: what a frozen dataclass is, made about a hundred times faster when the class is defined.

A whole ``doseref check`` defines some sixty record classes. The standard ``dataclass`` writes and compiles source text
for each; that was more than half of the program's start-up time (``docs/decisions``). A record shares one generic
``__init__``, ``__eq__``, ``__hash__`` and ``__repr__`` instead. To a type checker it is a frozen dataclass.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


class FrozenError(AttributeError):
    """Somebody tried to change a record."""


class _Factory:
    """A default that is made anew for each record."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def field(*, default_factory: Callable[[], Any]) -> Any:
    """A field whose default is made anew for each record (``field(default_factory=dict)``)."""
    return _Factory(default_factory)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Turn a class with annotated fields into a frozen record: by position or by name, equal by value, hashable.

    ``__post_init__`` is called where there is one. Raises ``TypeError`` for fields that are missing or unknown.
    """
    annotations = cls.__dict__.get("__annotations__") or getattr(cls, "__annotations__", {})  # noqa: RUF063  inspect is not worth its import
    names = (
        *getattr(cls, "_record_fields", ()),
        *(name for name in annotations if not str(annotations[name]).startswith("ClassVar")),
    )
    names = tuple(dict.fromkeys(names))
    defaults = {
        name: value
        for name in names
        if not hasattr(value := getattr(cls, name, _MISSING), "__get__") and value is not _MISSING
    }
    made: Any = cls  # a plain class to the checker from here on: it gets its methods below
    made._record_fields = names
    made._record_known = frozenset(names)
    made._record_defaults = defaults
    made._record_factories = tuple(name for name, value in defaults.items() if isinstance(value, _Factory))
    made.__init__ = _init_checked if hasattr(cls, "__post_init__") or made._record_factories else _init
    made.__eq__ = _eq
    made.__hash__ = _hash
    made.__repr__ = _repr
    made.__setattr__ = _refuse
    made.__delattr__ = _refuse
    return cls


_MISSING: Any = object()


def _init(self: Any, *args: Any, **named: Any) -> None:
    values = self.__dict__
    values.update(self._record_defaults)
    if args:
        values.update(zip(self._record_fields, args))  # noqa: B905  a surplus is told below
    if named:
        values.update(named)
    if (
        len(values) != len(self._record_fields)
        or len(args) > len(values)
        or (named and not self._record_known.issuperset(named))
    ):
        _tell(self, args, named)


def _init_checked(self: Any, *args: Any, **named: Any) -> None:
    _init(self, *args, **named)
    values = self.__dict__
    for name in self._record_factories:
        if isinstance(values[name], _Factory):
            values[name] = values[name].make()
    if hasattr(self, "__post_init__"):
        self.__post_init__()


def _tell(self: Any, args: tuple[Any, ...], named: dict[str, Any]) -> None:
    fields = self._record_fields
    missing = [name for name in fields if name not in self.__dict__]
    unknown = [name for name in named if name not in fields]
    surplus = len(args) - len(fields)
    told = [f"missing {', '.join(missing)}"] if missing else []
    told += [f"unknown {', '.join(unknown)}"] if unknown else []
    told += [f"{surplus} values too many"] if surplus > 0 else []
    raise TypeError(f"{type(self).__name__}: {'; '.join(told) or 'wrong fields'}")


def _eq(self: Any, other: object) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    return self is other or self.__dict__ == other.__dict__


def _hash(self: Any) -> int:
    values = self.__dict__
    return hash(tuple(values[name] for name in self._record_fields))


def _repr(self: Any) -> str:
    inside = ", ".join(f"{name}={self.__dict__[name]!r}" for name in self._record_fields)
    return f"{type(self).__name__}({inside})"


def _refuse(self: Any, name: str, value: Any = None) -> None:
    raise FrozenError(f"{type(self).__name__} is frozen: {name} cannot be changed")


def replace(made: T, /, **changes: Any) -> T:
    """A copy of a record with some fields changed; raises ``TypeError`` for a field it does not have."""
    kind: Any = type(made)
    if not kind._record_known.issuperset(changes):
        raise TypeError(
            f"{kind.__name__}: unknown {', '.join(name for name in changes if name not in kind._record_known)}"
        )
    new = kind.__new__(kind)
    values = new.__dict__
    values.update(made.__dict__)
    values.update(changes)
    if hasattr(kind, "__post_init__"):
        new.__post_init__()
    result: T = new
    return result
