#!/usr/bin/env python3
"""Which slips would the tests notice? Changes the arithmetic one sign, comparison or number at a time and runs the tests on each.

    nice python benchmarks/mutate.py                      the modules of MODULES
    nice python benchmarks/mutate.py doseref.regimen.caps  one of them
    python benchmarks/mutate.py --list doseref.units       its mutants, without running them

Only the bodies of functions are changed. The tests are collected once; each mutant is a forked process that swaps the code of
one function and stops at the first test that fails, or after --seconds. Exit code 1 where fewer than --least are killed.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import inspect
import os
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
    "doseref.regimen.caps", "doseref.regimen.scope", "doseref.checks.regimen.r101_over_maximum",
    "doseref.checks.regimen.r102_may_exceed_maximum", "doseref.checks.regimen.r105_single_dose",
    "doseref.checks.regimen.r106_too_frequent",
]  # fmt: skip
TESTS = [
    "tests/dosage/test_quantities.py", "tests/dosage/test_rates.py", "tests/regimen/test_arithmetic_parts.py",
    "tests/regimen/test_arithmetic.py", "tests/regimen/test_times_of_day.py", "tests/regimen/test_named_strengths.py",
    "tests/regimen/test_not_counted.py", "tests/regimen/test_working.py", "tests/regimen/test_rule_examples.py",
    "tests/test_decks.py",
]  # fmt: skip
"""The tests that are run on each mutant, the likeliest to notice first."""

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


def mutants(name: str) -> Iterator[tuple[int, str, str, ast.Module]]:
    """Line, what is changed, the function's qualified name, and the changed tree of a module."""
    source = Path(importlib.import_module(name).__file__ or "").read_text(encoding="utf-8")
    tree = ast.parse(source)
    for qualified, function in _definitions(tree, ""):
        for position, node in enumerate(_nodes(function)):
            for told, change in changes(node):
                other = copy.deepcopy(tree)
                target = next(found for which, found in _definitions(other, "") if which == qualified)
                change(list(_nodes(target))[position])
                yield getattr(node, "lineno", 0), told, qualified, ast.fix_missing_locations(other)


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

    def __init__(self, modules: list[str], seconds: int, every: int, offset: int) -> None:
        self.modules, self.seconds, self.every, self.offset = modules, seconds, every, offset
        self.killed: dict[str, int] = {}
        self.told: dict[str, int] = {}
        self.survived: list[str] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of the tests: the tests on each mutant."""
        if not self._pass(session):
            raise pytest.UsageError("the tests fail without any mutant")
        number = 0
        for name in self.modules:
            module = importlib.import_module(name)
            seen: set[tuple[int, str, str]] = set()
            for line, told, qualified, tree in mutants(name):
                number += 1
                if number % self.every != self.offset % self.every:
                    continue
                self.told[name] = self.told.get(name, 0) + 1
                if self._killed(session, module, tree, qualified):
                    self.killed[name] = self.killed.get(name, 0) + 1
                else:
                    where = f"{name}:{line} {qualified}: {told}"
                    self.survived.append(where)
                    print(f"survived  {where}", file=sys.__stdout__, flush=True)
                seen.add((line, told, qualified))
        return True

    def _killed(self, session: pytest.Session, module: types.ModuleType, tree: ast.Module, qualified: str) -> bool:
        child = os.fork()
        if child == 0:
            signal.alarm(self.seconds)
            try:
                swap(module, tree, qualified)
                os._exit(0 if self._pass(session) else 1)
            except BaseException:
                os._exit(2)
        return os.waitpid(child, 0)[1] != 0

    @staticmethod
    def _pass(session: pytest.Session) -> bool:
        """Whether every test passes; stops at the first that does not."""
        from _pytest.runner import runtestprotocol

        for position, item in enumerate(session.items):
            following = session.items[position + 1] if position + 1 < len(session.items) else None
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
    parser.add_argument("--every", type=int, default=1, help="try only every so-manieth mutant (1)")
    parser.add_argument("--offset", type=int, default=0, help="with --every: which of them (0)")
    parser.add_argument("--least", type=float, default=90, help="percent that must be killed (90)")
    given = parser.parse_args()
    modules = [name for name in given.modules if importlib.util.find_spec(name)]
    if given.list:
        for name in modules:
            for line, told, qualified, _ in mutants(name):
                print(f"{name}:{line} {qualified}: {told}")
        return 0
    runner = Runner(modules, given.seconds, given.every, given.offset)
    began = time.monotonic()
    tests = [test for test in TESTS if Path(test).exists()]
    pytest.main(["-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:terminal", *tests], plugins=[runner])
    for name in modules:
        killed, told = runner.killed.get(name, 0), runner.told.get(name, 0)
        print(f"{name}: {killed} of {told} killed")
    killed, told = sum(runner.killed.values()), sum(runner.told.values())
    share = 100 * killed / told if told else 0
    print(f"all: {killed} of {told} killed ({share:.1f} %), {time.monotonic() - began:.0f} s")
    return 0 if share >= given.least else 1


if __name__ == "__main__":
    sys.exit(main())
