"""What one parse did: which production took which words, and which step after it changed what.

A :class:`Trace` is handed to :func:`doseref.dosage.parse`. Productions are watched from outside, by the interpreter's
profiling hook, so that a parse without a trace pays nothing for it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

from doseref.dosage.state import Clause, State
from doseref.dosage.tokens import END
from doseref.records import record


@record
class Production:
    """``production`` (its name in the grammar, ``where`` its function is) took ``words``;
    ``depth`` 0 is an item of the sig.
    """

    depth: int
    production: str
    where: str
    words: str


@record
class Changed:
    """``step`` changed ``what`` (one line for each attribute of a clause, or what it told)."""

    step: str
    what: tuple[str, ...]


class _Node:
    def __init__(self, code: CodeType, start: int) -> None:
        self.code, self.start, self.end = code, start, start
        self.children: list[_Node] = []


class Trace:
    """The tokens, the productions that took them and the steps that changed something,
    in the order in which it happened.
    """

    def __init__(self) -> None:
        self.tokens: list[tuple[str, str]] = []
        """The words of each token and its kind."""
        self.taken: list[Production] = []
        self.changed: list[Changed] = []

    @contextmanager
    def following(self, p: State) -> Iterator[None]:
        """Watch the productions that run inside."""
        self.tokens = [
            (_words(p, i, i + 1), kind) for i, kind in enumerate(p.kinds[: len(p.tokens.last)]) if kind != END
        ]
        known = productions()
        root = _Node((lambda: None).__code__, 0)
        open_: list[_Node] = [root]

        # What runs in a profiler's callback is hidden from whatever measures coverage: tests/dosage/test_trace.py holds it.
        def watch(frame: FrameType, event: str, result: Any) -> None:  # pragma: no cover
            if frame.f_code not in known or frame.f_locals.get("p") is not p:
                return
            if event == "call":
                open_.append(_Node(frame.f_code, p.i))
            elif event == "return":
                node = open_.pop()
                node.end = p.i
                if node.end > node.start and result is not False:
                    siblings = open_[-1].children
                    while siblings and siblings[-1].end > node.start:
                        siblings.pop()  # tried before, and gone back on
                    siblings.append(node)

        before = sys.getprofile()
        sys.setprofile(watch)
        try:
            yield
        finally:
            sys.setprofile(before)
        for node in root.children:
            for item in node.children if productions()[node.code][0] == "sig" else (node,):
                self._take(p, item, 0)

    def _take(self, p: State, node: _Node, depth: int) -> None:
        name, where = productions()[node.code]
        self.taken.append(Production(depth, name, where, _words(p, node.start, node.end)))
        for child in node.children:
            if child.end <= node.end:
                self._take(p, child, depth + 1)

    def refined(self, p: State, steps: tuple[Any, ...], subjects: tuple[Any, ...]) -> None:
        """Run steps one by one, noting what each changes."""
        for step in steps:
            before, told = _snapshot(subjects), len(p.problems)
            step(p, *subjects)
            what = [
                f"{name}: {old} → {new}"
                for (name, old), (_, new) in zip(before, _snapshot(subjects), strict=False)  # a step may add clauses
                if old != new
            ]
            what += [f"told: {message}" for _, _, message, _ in p.problems[told:]]
            if what:
                self.changed.append(Changed(step.__name__, tuple(what)))


@lru_cache(maxsize=1)
def productions() -> dict[CodeType, tuple[str, str]]:
    """Each function whose docstring is a production: its code → the production's name, and module and function."""
    found: dict[CodeType, tuple[str, str]] = {}
    for module in sorted(Path(__file__).parent.glob("*.py")):
        loaded = sys.modules.get(f"{__package__}.{module.stem}")
        for function in vars(loaded).values() if loaded else ():
            name, sign, _ = (getattr(function, "__doc__", None) or "").partition(" ::= ")
            if sign and isinstance(function, FunctionType):
                found[function.__code__] = (name.strip(), f"{function.__module__.split('.')[-1]}.{function.__name__}")
    return found


def _words(p: State, start: int, end: int) -> str:
    first, last = p.tokens.span(start, max(end - 1, start))
    return " ".join(p.tokens.text[first:last].split())


def _snapshot(subjects: tuple[Any, ...]) -> list[tuple[str, str]]:
    """Every attribute of every clause among the subjects, as words."""
    clauses: list[Clause] = []
    for subject in subjects:
        clauses += subject if isinstance(subject, list) else [subject] if isinstance(subject, Clause) else []
    return [(name, _shown(getattr(clause, name))) for clause in clauses for name in Clause.__slots__]


def _shown(value: Any) -> str:
    if value is None or value in ((), [], ""):
        return "nothing"
    if isinstance(value, (list, tuple)):
        return ", ".join(_shown(each) for each in value)
    if hasattr(value, "period"):
        return f"{value.low:f}–{value.high:f} in {value.period:f} {value.unit}"
    if hasattr(value, "low"):
        return (
            f"{value.low:f}–{value.high:f} {value.unit}" if value.low != value.high else f"{value.low:f} {value.unit}"
        )
    if hasattr(value, "amount"):
        return f"{value.amount:f} {value.unit}"
    return str(value)
