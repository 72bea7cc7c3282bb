"""The one runner of rules: which modules there are of a kind, and what they find.

A rule module has a function ``check`` that takes what its kind judges (a case, a comparison of statements, a dataset)
and yields findings. Nothing is imported before it runs, and a regimen rule runs only where there is what it needs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any, Literal

from doseref.errors import UsageError
from doseref.findings import Finding

RuleKind = Literal["regimen", "article", "dataset"]
"""What a rule judges: a regimen (R…), articles (A…) or the dataset (D…)."""


@lru_cache(maxsize=3)
def module_names(kind: RuleKind) -> tuple[str, ...]:
    """Dotted paths of the rule modules of one kind, in the order in which they are listed and run."""
    package = _package(kind)
    listed: tuple[str, ...] = getattr(package, kind.upper())
    return tuple(f"{package.__name__}.{name}" for name in listed)


def _package(kind: RuleKind) -> ModuleType:
    name = f"doseref.checks.{kind}"
    return import_module(name)


def codes(kind: RuleKind) -> tuple[str, ...]:
    """The codes of the rules of one kind, in the same order: a module's name begins with its rule's code."""
    return tuple(_code(name) for name in module_names(kind))


def modules(kind: RuleKind, only: Collection[str] | None = None) -> Iterator[ModuleType]:
    """The rule modules of one kind, or those of the codes ``only``, each imported when its turn comes."""
    for name in module_names(kind):
        if only is None or _code(name) in only:
            yield sys.modules.get(name) or import_module(name)


def run(kind: RuleKind, judged: Any, only: Collection[str] | None = None) -> list[Finding]:
    """What the rules of one kind (or those of the codes ``only``) find in ``judged``, rule by rule."""
    asked = _asked(kind, None if only is None else frozenset(only))
    facts: frozenset[str] = judged.facts if kind == "regimen" else frozenset()
    return [
        finding for name, needs in asked if not needs or not needs.isdisjoint(facts) for finding in _check(name)(judged)
    ]


@lru_cache(maxsize=64)
def _asked(kind: RuleKind, only: frozenset[str] | None) -> tuple[tuple[str, frozenset[str]], ...]:
    """The rules of one kind, or of these codes: the module's name, and the facts of which it needs one to say anything
    (none: it is asked always).
    """
    needs: dict[str, tuple[str, ...]] = getattr(_package(kind), "NEEDS", {})
    names = (name for name in module_names(kind) if only is None or _code(name) in only)
    return tuple((name, frozenset(needs.get(name.rpartition(".")[2], ()))) for name in names)


@lru_cache(maxsize=256)
def _check(name: str) -> Callable[[Any], Iterable[Finding]]:
    """A rule's own function; its module is imported when it is first asked."""
    check: Callable[[Any], Iterable[Finding]] = import_module(name).check
    return check


def selected(kind: RuleKind, select: Sequence[str], ignore: Sequence[str]) -> tuple[str, ...]:
    """The codes that begin with a word of ``select`` (all, where it is empty) and with none of ``ignore``.

    Raises :class:`UsageError` for a word with which no code begins.
    """
    known = codes(kind)
    for word in (*select, *ignore):
        if not word or not any(code.startswith(word.upper()) for code in known):
            raise UsageError(f"no {kind} rule begins with {word!r}; they are {', '.join(known)}")

    def begins(code: str, words: Sequence[str]) -> bool:
        return any(code.startswith(word.upper()) for word in words)

    return tuple(code for code in known if (not select or begins(code, select)) and not begins(code, ignore))


@lru_cache(maxsize=256)
def _code(module: str) -> str:
    return module.rpartition(".")[2].partition("_")[0].upper()
