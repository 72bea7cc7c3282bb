"""What stands above a cell: the words that all its headers share, and whom and what they say it is for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doseref.articles.contexts import context_of, step_of
from doseref.articles.table_cells import often_in
from doseref.context import NOTHING, Context
from doseref.patterns import regex
from doseref.records import replace

_CLEARANCE = regex(r"clearance (?:(?P<below>below )|(?P<above>above ))?(?P<low>\d+)(?: to (?P<high>\d+))?")


_SIDES = regex(r"\b(?:above|below|over|under|less|more|than|from|up|to|and|or|at|least|higher|lower|greater)\b", re.I)
_OF_WHOM = regex(r"\b(kg|lbs?|pounds|years?|yrs?|months?|weeks?(?=\s+old)|days?(?=\s+old))\b", re.I)
"""Units of an age or a weight, in the header above it."""


def is_figures(text: str) -> bool:
    """Whether a cell is a figure or a range alone ("3.0 to 3.4", "above 300"): only its header says of what."""
    return any(map(str.isdigit, text)) and not any(map(str.isalpha, _SIDES.sub(" ", text)))


def labelled(header: str, cell: str) -> str:
    """A cell with what its header says of a bare figure: "6-8" below "Weight (kg)" is "6-8 kg"."""
    if not is_figures(cell):
        return cell
    unit = _OF_WHOM.search(header)
    return f"{cell} {unit.group(1)}" if unit else f"{header} {cell}"


def shared_words(headers: Sequence[str]) -> str:
    """The words that all headers over a cell have, in their order: the cell's header where it takes several
    columns.
    """
    if len(set(headers)) <= 1:
        return headers[0] if headers else ""
    others = [frozenset(header.split()) for header in headers[1:]]
    return " ".join(word for word in headers[0].split() if all(word in other for other in others))


def shared_context(headers: Sequence[str]) -> Context:
    """What all headers over a cell say of it; bands of kidney function side by side are one."""
    told = [_of_header(header) for header in headers]
    if not told or all(each == told[0] for each in told):
        return told[0] if told else NOTHING
    first = told[0]
    alike = {name: said for name, said in vars(first).items() if all(getattr(each, name) == said for each in told)}
    shared = replace(NOTHING, **alike)
    if shared.population and not shared.band and (band := _one_band([each.band for each in told])):
        shared = replace(shared, band=band)
    return shared


def said_above(headers: Sequence[str], *, alone: bool, use: str | None) -> Context:
    """What the headers over a dose say of it; where its column is the only one (``alone``), no more than what it is for
    ("Age | Mild chest infection"), if the row says no ``use``.
    """
    told = shared_context(headers)
    return told if not alone else Context(indication=told.indication) if told.indication and not use else NOTHING


_PLAIN = regex(
    r"\W*(?:(?:the|a|of|in|and|or|per|how|much|usual(?:ly)?|normal|standard|recommended|common|suggested|daily|single|"
    r"dos(?:e|es|age|ing)|amounts?|regimens?|instructions?|ranges?|schedules?|oral|typical|effective|"
    r"therapeutic|step|up|increase|raise|titrat\w+|build|what|to|give|take|uses?|others?|day|each|continu\w*|with|"
    r"kidneys?|renal|weak|poor|liver|function|impairment|adults?|mg|mcg|[µμ]g|g|m[lL]|kg|units?|IU)\b\W*)*",
    re.I,
)
"""A header of a column of doses that says nothing of when or what for."""


def told_apart(header: str) -> str | None:
    """What a header says that its doses are for, in words that are no others' ("Two hours before"), less how often;
    ``None`` where it says no more than that they are doses, or what follows a first one.
    """
    often = often_in(header)
    text = header.replace(often, " ") if often else header
    step = step_of(text)
    if step or _PLAIN.fullmatch(text):
        return step if step != "later" else None
    return " ".join(text.lower().split()).strip(" ,:;")


_AGED = regex(r"\bage[sd]?\s+\d|\A\W*(?:over|under|above|below)\s+\d{1,2}\W*\Z", re.I)
"""A header that is an age without its unit: "Age 19–50", "Over 70"."""
_SEX = regex(r"\b(men|women|boys|girls)\b", re.I)


def _of_header(header: str) -> Context:
    told = context_of(header, label=True)
    if not told.band and _AGED.search(header):
        told = replace(told, band=" ".join(header.lower().split()))
    sex = _SEX.search(header) if told.population in (None, "adults") else None
    return replace(told, population=sex.group(1).lower()) if sex else told


def _one_band(bands: Sequence[str | None]) -> str | None:
    """Bands of kidney function as one ("clearance 15 to 29", "clearance 30 to 59"); ``None`` for any others."""
    hits = [_CLEARANCE.fullmatch(band) if band else None for band in bands]
    if any(hit is None for hit in hits):
        return None
    known = [hit for hit in hits if hit]
    low = min((0 if hit["below"] else int(hit["low"])) for hit in known)
    open_above = any(hit["above"] for hit in known)
    high = max(int(hit["high"] or hit["low"]) for hit in known)
    if open_above:
        return f"clearance above {low}"
    return f"clearance {low} to {high}" if low else f"clearance below {high}"
