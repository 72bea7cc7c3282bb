"""What the words around a dose of running text add to it: the first days that it is for, the way that its sentence gives."""

from __future__ import annotations

import re

from doseref.articles.contexts import context_of
from doseref.articles.raw_dose import RawDose
from doseref.articles.terms import heading_facts
from doseref.articles.uses import FIRST_DAYS, use_of
from doseref.context import Context
from doseref.patterns import regex
from doseref.records import replace

_CLAUSE_END = regex(r"[^.;,()]{0,30}")


def first_days(text: str, raw: RawDose) -> re.Match[str] | None:
    """The stretch of a treatment that a dose is limited to, in it or in the words right behind it."""
    behind = _CLAUSE_END.match(text, raw.end, raw.sentence[1])
    return FIRST_DAYS.search(text, raw.start, behind.end() if behind else raw.end)


def introduced(told: Context, raw: RawDose) -> Context:
    """A sentence's context with the way and the use that the one before it gives,
    which named the drug ("… through the drip. There we give 30 mg").
    """
    if not told.route:
        routes = heading_facts(raw.around).routes
        route = routes[0] if len(routes) == 1 else context_of(raw.introduced).route if raw.introduced else None
        told = replace(told, route=route)
    if raw.introduced and not told.condition:
        told = replace(told, condition=use_of(raw.introduced))
    return told
