#!/usr/bin/env python3
"""Which slips would the tests notice? Changes the arithmetic one sign, comparison or number at a time and runs the tests on each.

    nice python benchmarks/mutate.py                               the modules of MODULES, every mutant (half an hour)
    nice python benchmarks/mutate.py --sample 200 --seed 7         200 of them, drawn with that seed
    nice python benchmarks/mutate.py doseref.regimen.caps          one module
    nice python benchmarks/mutate.py --only _about doseref.regimen.caps   one function of it
    python benchmarks/mutate.py --list doseref.units               its mutants, without running them

Only the bodies of functions are changed. The tests are collected once; each mutant is a forked process that swaps the code of
one function, runs the tests that know the module best first, and stops at the first that fails, or after --seconds. Survivors
that cannot be told apart from the original are listed with the reason in mutants_explained.tsv and counted on their own; a
row of it that a test kills after all is told. Exit code 1 where fewer than --least percent are killed (the explained left out).
"""

from __future__ import annotations

import argparse
import ast
import csv
import functools
import gc
import importlib
import inspect
import os
import random
import signal
import sys
import time
import types
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

MODULES = [
    "doseref.quantities", "doseref.units", "doseref.dosage.rates", "doseref.regimen.exposure", "doseref.regimen.reached",
    "doseref.regimen.days", "doseref.regimen.totals", "doseref.regimen.window", "doseref.regimen.amounts",
    "doseref.regimen.compositions", "doseref.regimen.delivered",
    "doseref.regimen.caps", "doseref.regimen.scope", "doseref.regimen.taken", "doseref.checks.regimen.r101_over_maximum",
    "doseref.checks.regimen.r102_may_exceed_maximum", "doseref.checks.regimen.r105_single_dose",
    "doseref.checks.regimen.r106_too_frequent",
]  # fmt: skip
_REGIMEN = [
    "regimen/test_arithmetic_parts", "regimen/test_times_of_day", "regimen/test_named_strengths", "regimen/test_not_counted",
    "regimen/test_rule_examples", "regimen/test_route_and_form", "regimen/test_arithmetic", "test_decks",
]  # fmt: skip
TESTS = {
    "doseref.quantities": ["dosage/test_quantities", *_REGIMEN],
    "doseref.units": ["dosage/test_quantities", "regimen/test_arithmetic_parts", "project/test_units"],
    "doseref.dosage.rates": ["dosage/test_rates", *_REGIMEN],
    "doseref.regimen": ["regimen/test_arithmetic_parts", "regimen/test_delivered", *_REGIMEN],
    "doseref.regimen.amounts": ["regimen/test_delivered", *_REGIMEN, "regimen/test_labelled_strengths"],
    "doseref.regimen.compositions": ["regimen/test_delivered", *_REGIMEN, "regimen/test_labelled_strengths"],
    "doseref.regimen.scope": ["regimen/test_limits_that_speak", "regimen/test_scope", "test_decks"],
    "doseref.regimen.taken": ["regimen/test_limits_that_speak", "regimen/test_scope", "test_decks"],
    "doseref.checks": [
        "regimen/test_rules_at_the_edge",
        "regimen/test_rule_examples",
        "regimen/test_scope",
        "test_decks",
    ],
}
"""Module (or the package it is in) → the tests that are run on its mutants, those that know it best first."""
EXPLAINED = Path(__file__).with_name("mutants_explained.tsv")
"""Module, function, line as written, slip, and why no test can tell it from the original."""

_COMPARE = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_ARITHMETIC = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "ceil": "floor", "floor": "ceil"}
_ENDS = {"low": "high", "high": "low", "day_low": "day_high", "day_high": "day_low"}

Change = tuple[str, Callable[[Any], None]]


def changes(node: ast.AST) -> Iterator[Change]:
    """The slips that can be made at one node: what is told of each, and what makes it (on a copy of the node)."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARE:
        kind = _COMPARE[type(node.ops[0])]
        yield f"{type(node.ops[0]).__name__} → {kind.__name__}", lambda n: n.ops.__setitem__(0, kind())
    elif isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"{type(node.op).__name__} → {other.__name__}", lambda n: setattr(n, "op", other())
    elif isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in _ARITHMETIC:
        sign = _ARITHMETIC[type(node.op)]
        yield f"{type(node.op).__name__} → {sign.__name__}", lambda n: setattr(n, "op", sign())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not x → x", lambda n: setattr(n, "op", ast.UAdd()) or setattr(n, "operand", _truth(n.operand))
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        yield "condition negated", lambda n: setattr(n, "test", ast.UnaryOp(ast.Not(), n.test))
    elif isinstance(node, ast.Name) and node.id in _NAMES:
        yield f"{node.id} → {_NAMES[node.id]}", lambda n: setattr(n, "id", _NAMES[n.id])
    elif isinstance(node, ast.Attribute) and node.attr in _ENDS:
        yield f".{node.attr} → .{_ENDS[node.attr]}", lambda n: setattr(n, "attr", _ENDS[n.attr])
    elif isinstance(node, ast.Constant) and type(node.value) in (int, bool):
        value = (not node.value) if isinstance(node.value, bool) else node.value + 1
        yield f"{node.value!r} → {value!r}", lambda n: setattr(n, "value", value)


def _truth(node: ast.expr) -> ast.expr:
    return ast.Call(ast.Name("bool", ast.Load()), [node], [])


def functions(module: types.ModuleType) -> Iterator[tuple[str, types.FunctionType]]:
    """Every function and method written in a module, with its qualified name."""
    for value in vars(module).values():
        if getattr(value, "__module__", None) != module.__name__:
            continue
        for each in vars(value).values() if inspect.isclass(value) else (value,):
            found = each
            if isinstance(each, property):
                found = each.fget
            elif isinstance(each, cached_property):
                found = each.func
            elif isinstance(each, classmethod | staticmethod):
                found = each.__func__
            found = inspect.unwrap(found) if callable(found) else found
            if isinstance(found, types.FunctionType) and found.__module__ == module.__name__:
                yield found.__qualname__, found


Key = tuple[str, str, str, str]


def explained() -> dict[Key, str]:
    """The survivors of :data:`EXPLAINED` and the reason of each."""
    with EXPLAINED.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["module"], row["function"], row["line"], row["slip"]): row["why"] for row in rows}


def tests_of(name: str, first: int | None = None) -> list[str]:
    """The files of tests that are run on a module's mutants (only so many of them)."""
    best = max((part for part in TESTS if name.startswith(part)), key=len)
    return [path for path in (f"tests/{part}.py" for part in TESTS[best][:first]) if Path(path).exists()]


def forget() -> None:
    """Empty what functions remember between calls, lest a mutant answers with what the original has found."""
    for found in gc.get_objects():
        if isinstance(found, functools._lru_cache_wrapper):
            module = str(getattr(found, "__module__", ""))
            if module.startswith(("doseref.regimen", "doseref.quantities", "doseref.dosage")):
                found.cache_clear()


@functools.cache
def source(name: str) -> str:
    """The text of a module as it was when the round began."""
    return Path(importlib.import_module(name).__file__ or "").read_text(encoding="utf-8")


Mutant = tuple[int, str, str, Callable[[], ast.Module]]


def mutants(name: str) -> Iterator[Mutant]:
    """Line, what is changed, the function's qualified name, and what makes the changed tree of a module."""
    tree = ast.parse(source(name))
    for qualified, function in _definitions(tree, ""):
        for position, node in enumerate(_nodes(function)):
            for which, (told, _) in enumerate(changes(node)):
                make = functools.partial(_changed, name, qualified, position, which)
                yield getattr(node, "lineno", 0), told, qualified, make


def _changed(name: str, qualified: str, position: int, which: int) -> ast.Module:
    tree = ast.parse(source(name))
    function = next(found for each, found in _definitions(tree, "") if each == qualified)
    node = list(_nodes(function))[position]
    list(changes(node))[which][1](node)
    return ast.fix_missing_locations(tree)


def _definitions(tree: ast.AST, prefix: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield prefix + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from _definitions(node, f"{prefix}{node.name}.")


def _nodes(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """The nodes of a function's body, without annotations."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop(0)
        yield node
        waiting += [
            child
            for field, value in ast.iter_fields(node)
            if field not in ("annotation", "returns")
            for child in (value if isinstance(value, list) else [value])
            if isinstance(child, ast.AST)
        ]


def swap(module: types.ModuleType, tree: ast.Module, qualified: str) -> None:
    """Give the module's function the code that it has in ``tree``."""
    code = compile(tree, module.__file__ or "", "exec", flags=0x1000000)  # CO_FUTURE_ANNOTATIONS
    path = qualified.split(".")
    for part in path:
        code = next(c for c in code.co_consts if isinstance(c, types.CodeType) and c.co_name == part)
    dict(functions(module))[qualified].__code__ = code


class Runner:
    """A pytest plugin that runs the collected tests once as they are, and then once for each mutant in a fork."""

    def __init__(self, chosen: list[tuple[str, int, str, str]], seconds: int, first: int | None) -> None:
        self.chosen, self.seconds, self.first = chosen, seconds, first
        self.killed: dict[str, int] = {}
        self.told: dict[str, int] = {}
        self.equal: dict[str, int] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of the tests: the tests on each mutant."""
        if not self._pass(session.items, session):
            raise pytest.UsageError("the tests fail without any mutant")
        reasons = explained()
        wanted = set(self.chosen)
        for name in dict.fromkeys(which for which, *_ in self.chosen):
            module = importlib.import_module(name)
            lines = source(name).splitlines()
            order = tests_of(name, self.first)
            items = [item for test in order for item in session.items if item.nodeid.startswith(f"{test}::")]
            for number, (line, told, qualified, made) in enumerate(mutants(name)):
                if (name, number, told, qualified) not in wanted:
                    continue
                key = (name, qualified, lines[line - 1].strip(), told)
                dead = self._killed(session, items, module, made(), qualified)
                if not dead and key in reasons:
                    self.equal[name] = self.equal.get(name, 0) + 1
                    continue
                self.told[name] = self.told.get(name, 0) + 1
                self.killed[name] = self.killed.get(name, 0) + dead
                if dead and key in reasons:
                    print("killed although it is explained:", *key, sep="\t", file=sys.__stdout__, flush=True)
                elif not dead:
                    print(f"survived:{line}", *key, sep="\t", file=sys.__stdout__, flush=True)
        return True

    def _killed(
        self,
        session: pytest.Session,
        items: list[pytest.Item],
        module: types.ModuleType,
        tree: ast.Module,
        qualified: str,
    ) -> bool:
        child = os.fork()
        if child == 0:
            signal.alarm(self.seconds)
            try:
                swap(module, tree, qualified)
                forget()
                os._exit(0 if self._pass(items, session) else 1)
            except BaseException:
                os._exit(2)
        return os.waitpid(child, 0)[1] != 0

    @staticmethod
    def _pass(items: list[pytest.Item], session: pytest.Session) -> bool:
        """Whether every test passes; stops at the first that does not."""
        from _pytest.runner import runtestprotocol

        for position, item in enumerate(items):
            following = items[position + 1] if position + 1 < len(items) else None
            if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
                print(item.nodeid, file=sys.stderr)
                return False
        session._setupstate.teardown_exact(None)
        return True


def main() -> int:
    """Run, and print how many were killed in each module."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("modules", nargs="*", default=MODULES)
    parser.add_argument("--list", action="store_true", help="only list the mutants")
    parser.add_argument("--seconds", type=int, default=60, help="a mutant that runs longer is killed (60)")
    parser.add_argument("--sample", type=int, default=0, help="try only so many, drawn at random (0: all)")
    parser.add_argument("--seed", type=int, default=1, help="with --sample: which draw (1)")
    parser.add_argument(
        "--first", type=int, help="run only so many of a module's files of tests, for a quick look (all)"
    )
    parser.add_argument("--only", default="", help="only functions with this in their name")
    parser.add_argument("--least", type=float, default=90, help="percent that must be killed (90)")
    given = parser.parse_args()
    modules = [name for name in given.modules if importlib.util.find_spec(name)]
    chosen = [
        (name, number, told, qualified)
        for name in modules
        for number, (line, told, qualified, _) in enumerate(mutants(name))
        if given.only in qualified and (not given.list or print(f"{name}:{line} {qualified}: {told}") is None)
    ]
    if given.list:
        return 0
    if given.sample:
        chosen = sorted(random.Random(given.seed).sample(chosen, min(given.sample, len(chosen))))
    runner = Runner(chosen, given.seconds, given.first)
    began = time.monotonic()
    tests = dict.fromkeys(test for name in modules for test in tests_of(name, given.first))
    pytest.main(["-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:terminal", *tests], plugins=[runner])
    for name in [*modules, "all"]:
        own = modules if name == "all" else [name]
        killed, told, equal = (sum(c.get(n, 0) for n in own) for c in (runner.killed, runner.told, runner.equal))
        if told or equal:
            share = 100 * killed / told if told else 100
            print(f"{name}: {killed} of {told} killed ({share:.1f} %), {equal} more explained")
    print(f"{time.monotonic() - began:.0f} s")
    return 0 if share >= given.least else 1


if __name__ == "__main__":
    sys.exit(main())
