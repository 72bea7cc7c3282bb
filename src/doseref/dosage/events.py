"""Productions for what a dose follows: each loose stool, chemotherapy, an operation."""

from __future__ import annotations

from doseref.dosage import remarks
from doseref.dosage.state import State

_EVENTS = frozenset("stool stools motion motions movement vomiting vomit nappy diaper seizure attack episode".split())


def after_event(p: State) -> bool:
    """after-event ::= AFTER (EVERY | A) WORD*: "after each loose stool", as often as that happens: as needed.

    Also asks for: SITE.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    i = p.i + 1
    while kinds[i] in ("EVERY", "A"):
        i += 1
    if not p.clause.dosed:
        return False
    if _after_first(p, i):
        return True
    if raw[first[i]] in _EVERY_DAY and kinds[i] == "WORD" and remarks.complete(p):
        p.i = i + 1
        return True  # "daily after gym": when on the day, which changes nothing of how often
    if i == p.i + 1 and _behind_event(p, i):
        return True
    i += raw[first[i]] in _FURTHER
    start = i
    while kinds[i] in ("WORD", "SITE") and raw[first[i]] not in _EVENTS and i < start + 3:
        i += 1
    if raw[first[i]] not in _EVENTS or kinds[i] != "WORD":
        return False
    p.i = i + 1
    p.clause.prn = True
    return True


_EVERY_DAY = frozenset(
    "gym workout workouts training shower showering bathing bath school work swimming sport shaving".split()
)
"""What is done on most days."""
_FURTHER = frozenset("further subsequent additional later following new".split())


def _after_first(p: State, i: int) -> bool:
    """after-first ::= AFTER "first" WORD* event | AFTER EVERY [further] ["one"], behind that: "2 caps after first loose
    stool, then 1 after each", "then 1 after each further one".

    Also asks for: COMMA, END, INIT, PRN, RP, STOP, WORD.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    if kinds[i - 1] == "EVERY":
        i += raw[first[i]] in _FURTHER
        i += raw[first[i]] in ("one", "1")
    if kinds[i - 1] != "INIT" and kinds[p.i + 1] == "EVERY" and kinds[i] in ("END", "COMMA", "STOP", "RP", "PRN"):
        before = raw[: first[p.i]]
        if len(p.clauses) < 2 or _EVENTS.isdisjoint(before):
            return False
        p.i, p.clause.prn = i, True
        return True
    if kinds[i] != "INIT" or raw[first[i]] != "first":
        return False
    i += 1
    while kinds[i] == "WORD" and raw[first[i]] not in _EVENTS and i < p.i + 5:
        i += 1
    if raw[first[i]] not in _EVENTS or p.clause.timed:
        return False
    p.i = i + 1
    return True


_ONCE_PAST = frozenset(
    "stent surgery op operation transplant stroke mi nstemi stemi pe dvt tia cabg pci discharge fracture "
    "delivery replacement arthroplasty".split()
)
"""What happened once, behind which something is taken for a stated time."""
_COMES_AGAIN = frozenset("chemo chemotherapy dialysis hd exercise physio physiotherapy sex intercourse".split())


def _behind_event(p: State, i: int) -> bool:
    """behind-event ::= AFTER [SIDE | SITE | WORD] event: "after chemo" as often as that is, so as needed; "after a
    stent", only why.

    Also asks for: SIDE, SITE, WORD.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    if kinds[i] in ("WORD", "SITE", "SIDE") and raw[first[i]] not in _ONCE_PAST | _COMES_AGAIN:
        i += 1
    if kinds[i] != "WORD" or raw[first[i]] not in _ONCE_PAST | _COMES_AGAIN:
        return False
    if raw[first[i]] == "replacement" and kinds[i - 1] != "SITE":
        return False  # of a patch, of a hormone
    again = raw[first[i]] in _COMES_AGAIN
    if not again and not remarks.complete(p):
        return False
    p.clause.prn = p.clause.prn or again
    p.i = i + 1
    return True
