"""Every rule there is, explained by its module's own docstring.

A rule is one module. Its docstring has one form, from which ``doseref rules`` and the documentation are made::

    R101 over-maximum (error)

    What. One paragraph: what the rule looks at and when it fires.

    Why. One paragraph: what goes wrong where it is ignored, and the source of that where there is one.

    Passes:
        one or more indented lines: an example that the rule is silent about

    Fires:
        one or more indented lines: an example that it speaks up about

The word in brackets is the rule's highest severity; "(warning; error with --strict)" may say more. The modules of a
kind are named in the tuples ``REGIMEN``, ``ARTICLE`` and ``DATASET`` of the packages beside this file;
:mod:`doseref.checks.runner` runs them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, get_args

from doseref.checks.runner import RuleKind, modules
from doseref.errors import UsageError
from doseref.findings import Severity
from doseref.records import record

_LETTER: dict[RuleKind, str] = {"regimen": "R", "article": "A", "dataset": "D"}
_PARTS = {"What.": "what", "Why.": "why", "Passes:": "passes", "Fires:": "fires"}


@record
class RuleInfo:
    """What is to be said about one rule; all of it comes from the docstring of ``module``."""

    code: str
    name: str
    severity: Severity
    """The highest severity the rule gives."""
    severity_words: str
    """The words in brackets of the docstring's first line."""
    kind: RuleKind
    what: str
    why: str
    passes: str
    """An example (one or more lines) that the rule is silent about."""
    fires: str
    """An example (one or more lines) that it speaks up about."""
    module: str

    def to_json(self) -> dict[str, Any]:
        """The object of ``doseref rules --format json``."""
        return {
            "code": self.code,
            "name": self.name,
            "kind": self.kind,
            "severity": self.severity.word,
            "severity_words": self.severity_words,
            "what": self.what,
            "why": self.why,
            "passes": self.passes,
            "fires": self.fires,
        }


@lru_cache(maxsize=4)
def rules(kind: RuleKind | None = None) -> tuple[RuleInfo, ...]:
    """All rules of one kind, or of all kinds (regimen, article, dataset), by code within a kind.

    Raises ``ValueError`` for a rule module without the docstring that this module describes: a fault of the program.
    """
    found: list[RuleInfo] = []
    for each in get_args(RuleKind) if kind is None else (kind,):
        described = [describe(module.__doc__ or "", each, module.__name__) for module in modules(each)]
        found.extend(sorted(described, key=lambda info: info.code))
    return tuple(found)


def rule(code: str) -> RuleInfo:
    """The rule with this code (``R101``; case is ignored) or name (``over-maximum``); raises :class:`UsageError`."""
    wanted = code.strip()
    for info in rules():
        if wanted.upper() == info.code or wanted.lower() == info.name:
            return info
    raise UsageError(f"there is no rule {wanted!r}; 'doseref rules' lists them")


def describe(docstring: str, kind: RuleKind, module: str = "") -> RuleInfo:
    """The description that a rule module's docstring gives; raises ``ValueError`` where the form is not kept."""
    lines = docstring.expandtabs().strip().splitlines()
    code, name, words = _first_line(lines[0] if lines else "", kind, module)
    parts: dict[str, list[str]] = {}
    into: list[str] | None = None
    for line in lines[1:]:
        bare = line.strip()
        label = bare.partition(" ")[0]
        if label in _PARTS and not line.startswith(" "):
            into = parts.setdefault(_PARTS[label], [])
            bare = bare[len(label) :].strip()
            line = bare
        if into is None:
            if bare:
                raise ValueError(f"{module}: text before 'What.' in the docstring: {bare!r}")
            continue
        into.append(line.rstrip())
    missing = [label for label, part in _PARTS.items() if not any(parts.get(part, ()))]
    if missing:
        raise ValueError(f"{module}: the docstring lacks {' and '.join(missing)}")
    return RuleInfo(
        code=code,
        name=name,
        severity=Severity.from_word(words.replace(";", " ").replace(",", " ").split()[0]),
        severity_words=words,
        kind=kind,
        what=" ".join(" ".join(parts["what"]).split()),
        why=" ".join(" ".join(parts["why"]).split()),
        passes=_example(parts["passes"]),
        fires=_example(parts["fires"]),
        module=module,
    )


def _first_line(line: str, kind: RuleKind, module: str) -> tuple[str, str, str]:
    """``R101 over-maximum (error)`` → its three parts."""
    code, _, rest = line.partition(" ")
    name, _, words = rest.partition(" ")
    known = words[1:-1].replace(";", " ").replace(",", " ").split()
    sound = (
        len(code) == 4
        and code[0] == _LETTER[kind]
        and code[1:].isdigit()
        and name
        and name.replace("-", "").isalnum()
        and name == name.lower()
        and words.startswith("(")
        and words.endswith(")")
        and known
        and known[0] in ("error", "warning", "info")
    )
    if not sound:
        raise ValueError(f"{module}: the docstring's first line is {line!r}, not like 'R101 over-maximum (error)'")
    return code, name, words[1:-1]


def _example(lines: list[str]) -> str:
    """The lines of an example without the indent they share and without blank ends."""
    filled = [line for line in lines if line.strip()]
    indent = min(len(line) - len(line.lstrip()) for line in filled)
    return "\n".join(line[indent:] for line in lines).strip("\n")
