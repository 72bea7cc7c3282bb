"""The one runner of rules: which modules there are of a kind, and what they find.

A rule module has a function ``check`` that takes what its kind judges (a case, a comparison of statements, a dataset)
and yields findings. Nothing is imported before it runs.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
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
    package = f"doseref.checks.{kind}"
    listed: tuple[str, ...] = getattr(import_module(package), kind.upper())
    return tuple(f"{package}.{name}" for name in listed)


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
    asked = _loaded(kind, None if only is None else frozenset(only))
    return [finding for module in asked for finding in module.check(judged)]


@lru_cache(maxsize=64)
def _loaded(kind: RuleKind, only: frozenset[str] | None) -> tuple[ModuleType, ...]:
    return tuple(modules(kind, only))


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
