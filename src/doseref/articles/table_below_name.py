"""Rows below a drug's own row whose label says what they give of it: "– most in 24 h", "– wait before a second dose",
"– children".
"""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.articles.contexts import context_of, is_context, may_be_another_drug, step_of
from doseref.articles.extracted import Draft
from doseref.articles.model import Block
from doseref.articles.resolve import Resolver
from doseref.articles.spacing import hours_in
from doseref.articles.table_cells import limit_span
from doseref.articles.table_columns import role_of
from doseref.articles.table_headers import shared_context
from doseref.articles.table_said import SILENT
from doseref.context import Context
from doseref.patterns import regex
from doseref.records import replace

_MARKED = regex(r"\A\s*(?:[–—•·↳>-]|\.{2,3}|…)\s*")
"""How a label begins that is set below another one."""
_WAIT = regex(
    r"\b(?:wait|gap|interval|hours)\b[^.;]{0,30}\b(?:before|between)\b|\b(?:shortest|minimum|least)\s+(?:interval|gap|time)\b",
    re.I,
)
"""A label of the hours that must lie between two doses."""


def label_below(text: str, resolver: Resolver) -> str:
    """The label of a row that goes on about the drug of the rows above it; empty for any other first cell."""
    label = _MARKED.sub("", text).strip(" :*_")
    if not label or resolver.mentions(label) or may_be_another_drug(label):
        return ""
    marked = bool(_MARKED.match(text)) or label[:1].islower()
    if role_of(label) == "maximum" or _WAIT.search(label):
        return label
    return label if marked and (is_context(label) or step_of(label)) else ""


def told_below(label: str) -> Context:
    """What the label of such a row says of its doses."""
    if step := step_of(label):
        return Context(condition=step)
    return context_of(label, label=True)


def drafts_below(
    label: str, cells: list[Block], headers: list[str], owner: tuple[str, tuple[str, ...], str], around: Context
) -> list[Draft] | None:
    """The maxima, or the hours between two doses, that a row gives of the drug ``owner`` (its title, the drug, the
    section); ``None`` where it gives doses.
    """
    title, substances, section = owner
    waits = bool(_WAIT.search(label))
    if not waits and role_of(label) != "maximum":
        return None
    found = []
    for column, cell in enumerate(cells):
        if not column or any(cell is each for each in cells[:column]) or SILENT.match(cell.text):
            continue
        over = [headers[at] for at, each in enumerate(cells) if each is cell and at < len(headers)]
        context = shared_context(over).within(around)
        if waits:
            hours = hours_in(cell.text)
            hours = Decimal(cell.text) if hours is None and "hour" in label.lower() and cell.text.isdigit() else hours
            if hours is not None:
                span = limit_span(cell, "")
                draft = Draft(title, substances, section, [span], False, context=context, listed=True)
                draft.spacing = hours
                found.append(draft)
        elif any(map(str.isdigit, cell.text)):
            span = limit_span(cell, f"{' '.join(dict.fromkeys(over))} {label}")
            found.append(Draft(title, substances, section, [span], True, context=context, listed=True))
    return found


def without_dose(context: Context) -> Context:
    """What a row says of all that its drug is for, less what its own doses are."""
    return replace(context, purpose=None, condition=None)
