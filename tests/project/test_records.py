"""Records that are made often get an ``__init__`` of their own, which takes and refuses the same."""

from __future__ import annotations

import pytest

from doseref.records import _MANY, _init, field, record


@record
class Bare:
    """All its fields have defaults."""

    one: int = 1
    two: str = "b"
    three: list[int] = field(default_factory=list)


@record
class Mixed:
    """One field must be given."""

    one: int
    two: str = "b"


def test_a_class_made_often_has_its_own_init() -> None:
    for n in range(_MANY + 1):
        Bare(n)
        Mixed(n)
    assert Mixed.__init__ is not _init
    assert Bare.__init__.__code__.co_varnames[:4] == ("self", "one", "two", "three")
    assert Bare() == Bare(1, "b", []) == Bare(two="b")
    assert Bare().three is not Bare().three
    assert Mixed(3) == Mixed(one=3, two="b")
    with pytest.raises(TypeError):
        Mixed()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Bare(four=4)  # type: ignore[call-arg]
