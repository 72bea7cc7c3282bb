"""Frozen records: what a frozen dataclass is, made about a hundred times faster when the class is defined.

A whole ``doseref check`` defines some sixty record classes. The standard ``dataclass`` writes and compiles source text
for each; that was more than half of the program's start-up time (``docs/decisions``). A record shares one generic
``__init__``, ``__eq__``, ``__hash__`` and ``__repr__`` instead. To a type checker it is a frozen dataclass.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


class FrozenError(AttributeError):
    """Somebody tried to change a record."""


class Kept:
    """Base of a record whose hash is worked out once: what many questions are asked of, and their answers kept by."""

    __slots__ = ("_hashed",)  # beside the fields, so that records are equal by these alone
    _hashed: int

    def __getstate__(self) -> dict[str, Any]:
        """The fields alone: a hash is another in each process."""
        return self.__dict__


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
    # inspect is not worth its import
    annotations = cls.__dict__.get("__annotations__") or getattr(cls, "__annotations__", {})  # noqa: RUF063
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
    made._record_values = attrgetter(*names) if names else type
    made._record_made = 0
    made._record_defaults = defaults
    made._record_factories = tuple(name for name, value in defaults.items() if isinstance(value, _Factory))
    made.__init__ = _init_checked if hasattr(cls, "__post_init__") or made._record_factories else _init
    made.__eq__ = _eq
    made.__hash__ = _kept_hash if issubclass(cls, Kept) else _hash
    if "__repr__" not in cls.__dict__:
        made.__repr__ = _repr
    made.__setattr__ = _refuse
    made.__delattr__ = _refuse
    return cls


_MISSING: Any = object()


_MANY = 300
"""From this many records of a class on, its ``__init__`` is worth compiling (about 0.1 ms;
saves some 2 µs a record).
"""


def _init(self: Any, *args: Any, **named: Any) -> None:
    kind = type(self)
    kind._record_made += 1
    if kind._record_made == _MANY:
        _compile(kind)
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


def _compile(kind: Any) -> None:
    """Give a class that is made often an ``__init__`` of its own, with one parameter a field:
    what ``dataclass`` does for all.
    """
    defaults = kind._record_defaults
    fields = kind._record_fields
    last_required = max((n for n, name in enumerate(fields) if name not in defaults), default=-1)
    if any(name in defaults for name in fields[: max(last_required, 0)]):
        return  # a field without a default behind one with one: parameters cannot say that
    head = ", ".join(f"{name}=_defaults[{name!r}]" if name in defaults else name for name in fields)
    made_anew = {
        name: f"_defaults[{name!r}].make() if {name} is _defaults[{name!r}] else " for name in kind._record_factories
    }
    body = "; ".join(f"_[{name!r}] = {made_anew.get(name, '')}{name}" for name in fields)
    after = "; self.__post_init__()" if hasattr(kind, "__post_init__") else ""
    made: dict[str, Any] = {}
    # The names are those of the class's own fields, no text from outside.
    exec(f"def __init__(self, {head}):\n    _ = self.__dict__; {body}{after}", {"_defaults": defaults}, made)
    if kind.__dict__["__init__"] in (_init, _init_checked):
        kind.__init__ = made["__init__"]


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
    return hash(self._record_values(self))


def _kept_hash(self: Any) -> int:
    try:
        known: int = self._hashed
    except AttributeError:
        known = _hash(self)
        object.__setattr__(self, "_hashed", known)
    return known


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
