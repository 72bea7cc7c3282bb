"""Words that may begin several productions (on, in, for, every, at, before …): which it is, tried in order."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage import (
    alternating,
    as_needed,
    asides,
    clock_lists,
    companions,
    cycles,
    dates,
    day_totals,
    dayparts,
    diluents,
    either,
    endings,
    events,
    frequencies,
    gestation,
    happenings,
    intervals,
    lengths,
    mealtimes,
    measurements,
    moments,
    notices,
    of_each,
    others,
    pairs,
    phases,
    provisos,
    readings,
    remarks,
    routes,
    sites,
    spacing,
    tails,
    targets,
    timing,
)
from doseref.dosage.state import State
from doseref.dosage.tokens import END


def adverb(p: State) -> bool:
    """adverb ::= monitored | of-week | adverb of frequency: "weekly CBC" behind a whole instruction is a blood test."""
    return notices.monitored(p) or day_totals.of_week(p) or frequencies.adverb(p)


def on(p: State) -> bool:
    """on ::= ON (day | weekday | when | site) | wear | "ON" at the end: at night.

    Also asks for: A, BETWEEN, COMMA, DASH, DAYW, EVERY, FOR, LP, NUM, PRN, ROUTE, RP, STOP, WHEN, X.
    """
    kinds = p.kinds
    if phases.day(p) or cycles.wear(p):
        return True
    after = kinds[p.i + 1]
    if after == "A" and kinds[p.i + 2] == "DAYW":
        p.i += 2
        return dayparts.weekday(p)
    if after == "DAYW" or (after == "EVERY" and kinds[p.i + 2] == "DAYW"):
        p.i += 1 if after == "DAYW" else 2
        return dayparts.weekday(p)
    if after == "WHEN":
        p.i += 1
        return dayparts.when(p)
    if sites.site(p) or dated(p):
        return True
    begin, end = p.tokens.span(p.i)
    behind = (
        (after in _BEHIND_NIGHT or (after == "BETWEEN" and gestation.week(p, p.i + 2, True) > p.i + 2))
        and p.tokens.text[begin:end] == "ON"
        and not p.tokens.text.isupper()
    )
    written = p.tokens.said(p.i + 1, p.i + 2) if after == "ROUTE" else ""
    behind = behind or (written == "po" and bool(p.clause.masses))  # "80mg on po", and no "80 mg on oral steroids"
    if (
        not (kinds[p.i - 1] == "NUM" and after == "COMMA" and not _night_then_words(p))
        and (
            behind
            or (after == "DASH" and p.tokens.text[begin:end] == "ON")
            or after in (END, "STOP", "COMMA", "RP", "PRN", "FOR", "X")
            or asides.behind_dash(p, p.i + 1)
        )
        and (p.clause.dosed or p.clause.strengths)
    ):
        moments.add_when(p, ("NIGHT",))
        p.i += 1
        return True
    return False


_BEHIND_NIGHT = ("LP", "ROUTE", "UNTIL")
"""Kinds before which "ON" in capitals is at night: "5 mg ON PO", "150 mg ON until 36 weeks"."""


def _night_then_words(p: State) -> bool:
    """Whether "2 ON, last level 0.6" is two at night: in capitals among small letters, and a word behind the comma.

    "21 ON, 7 off" are days.

    Also asks for: WORD.
    """
    begin, end = p.tokens.span(p.i)
    written = p.tokens.text[begin:end] == "ON" and not p.tokens.text.isupper()
    return written and p.kinds[p.i + 2] == "WORD" and bool(p.clause.masses or p.clause.strengths)


def between(p: State) -> bool:
    """between-item ::= from-week | dated | between: "from 6/3" behind a whole dosage is when it begins."""
    return gestation.from_week(p) or dated(p) or provisos.between(p)


def and_on(p: State) -> bool:
    """and-on ::= "and ON" at the end, "ON" alone in capitals: and at night ("after meals and ON").

    Also asks for: COMMA, END, RP, STOP.
    """
    begin, end = p.tokens.span(p.i)
    if p.tokens.text[begin:end] != "and ON" or p.kinds[p.i + 1] not in (END, "STOP", "COMMA", "RP"):
        return False
    if not p.clause.dosed or not p.clause.timed:
        return False
    p.kinds[p.i], p.values[p.i] = "WHEN", ("NIGHT",)
    p.link = "and"
    return dayparts.when(p)


def dated(p: State) -> bool:
    """dated ::= (ON | INIT | NOTE | BETWEEN) date, behind a whole dosage: when it begins or was written.

    Also asks for: COMMA, END, LP, RP, STOP.
    """
    end = dates.date_at(p, p.i + 1)
    if end == p.i + 1 or not remarks.complete(p) or p.kinds[end] not in (END, "COMMA", "RP", "STOP", "LP"):
        return False
    p.i = end
    return True


def in_(p: State) -> bool:
    """in ::= IN (companion | span divided doses | within-meal | diluent | drink | day | site | season | place-of-care).

    Also asks for: DIV.
    """
    if p.kinds[p.i + 1] == "DIV":
        p.i += 1
        return day_totals.divided(p)
    if remarks.complete(p) and (end := remarks.season(p, p.i + 1)):
        p.i = end
        return True
    if sites.of_care(p):
        return True
    return (
        companions.companion(p)
        or day_totals.within(p)
        or mealtimes.within(p)
        or diluents.diluted(p)
        or mealtimes.mixed(p)
        or phases.day(p)
        or sites.site(p)
    )


def into(p: State) -> bool:
    """into ::= INTO (site | mixed): where it goes, or the water it is stirred into."""
    return mealtimes.mixed(p) or sites.site(p)


def for_(p: State) -> bool:
    """for ::= FOR (GT span T | sided | day | length | last-day | reason).

    Also asks for: GT.
    """
    if p.kinds[p.i + 1] == "GT":
        p.i += 1
        return spacing.spaced(p)
    p.i += 1
    if happenings.sided(p):
        return True
    p.i -= 1
    return phases.day(p) or endings.last_day(p) or lengths.for_(p)


def site_or_note(p: State) -> bool:
    """side ::= sided | of-each | SIDE | SITE | "both": a place without a preposition."""
    return happenings.sided(p) or of_each.of_each(p) or sites.site(p) or pairs.both(p)


def every(p: State) -> bool:
    """every-item ::= every-clock | every | site ("each eye").

    Also asks for: NUM, SIDE, SITE, SLASH.
    """
    if pairs.both(p):
        return True
    kinds, values = p.kinds, p.values
    unit = (
        {7: "d", 52: "wk", 12: "mo"}.get(int(values[p.i + 3]))
        if kinds[p.i + 1 : p.i + 4] == ["NUM", "SLASH", "NUM"]
        else None
    )
    if unit is not None:
        start = p.i
        p.i += 4
        timing.set_every(p, values[start + 1], values[start + 1], unit, start)  # "every 3/12": every 3 months
        return True
    if clock_lists.every(p) or intervals.every(p):
        return True
    if p.kinds[p.i + 1] in ("SITE", "SIDE"):
        return sites.site(p)
    return False


def per(p: State) -> bool:
    """per ::= (PER | "/") (injection | session | dose | site): for each of these, which changes nothing of the dose.

    Also asks for: C, EVERY, NUM, ONCE, ROUTE, SITE, SLASH, SUBST, T, TAKE, TIMES.
    """
    kinds = p.kinds
    if _next_part(p) or either.as_needed_too(p):
        return True
    if p.tokens.text[p.tokens.span(p.i)[1] :][:1] == " " and (
        tails.tail(p) or kinds[p.i + 1] == "TAKE" or _before_count(p)
    ):
        p.i += kinds[p.i] == "SLASH"
        return True
    if kinds[p.i] == "SLASH" and kinds[p.i - 1] == "C" and kinds[p.i + 1] == "SITE":
        p.kinds[p.i] = "PER"  # "2 sprays/nostril"
        return sites.site(p)
    timed = kinds[p.i + 1] in ("ONCE", "EVERY") or (kinds[p.i + 1] == "NUM" and kinds[p.i + 2] == "TIMES")
    if timed and kinds[p.i] == "SLASH" and p.clause.masses and not p.clause.timed:
        p.i += 1
        return True  # "250 mg / three times a day": a stroke for a comma
    if kinds[p.i + 1] == "C" and p.values[p.i + 1] in ("{injection}", "{session}", "{dose}", "{application}"):
        p.i += 2
        if p.values[p.i - 1] == "{injection}":
            p.clause.routes = p.clause.routes or ("injection",)
        return True
    if kinds[p.i + 1] == "T" and p.clause.count is not None and not p.clause.times:
        unit = p.values[p.i + 1]
        p.i += 2
        if unit == "d" and not p.clause.count[0] == p.clause.count[1] == 1 and kinds[p.i - 3] != "SITE":
            p.clause.per_day = True
        else:
            timing.set_times(p, Decimal(1), Decimal(1), Decimal(1), unit, p.i - 2)  # also "2 sprays/nostril/day"
        return True
    if kinds[p.i + 1] == "T" and p.clause.masses and not p.clause.timed and kinds[p.i - 1] in ("ROUTE", "SUBST"):
        unit = p.values[p.i + 1]
        p.i += 2
        if unit == "d":
            p.clause.per_day = True
        else:
            timing.set_times(p, Decimal(1), Decimal(1), Decimal(1), unit, p.i - 2)
        return True
    return sites.site(p)


def _next_part(p: State) -> bool:
    """next-part ::= "/" NUM [U | C] (WHEN | AT | TIME) behind a dose with its time of day: "75 mg am / 50 mg pm".

    Also asks for: AT, C, NUM, SLASH, TIME, U, WHEN.
    """
    kinds, i, clause = p.kinds, p.i, p.clause
    if kinds[i : i + 2] != ["SLASH", "NUM"] or not clause.dosed or not (clause.when or clause.at) or clause.times:
        return False
    measured = kinds[i + 2] in ("U", "C")
    if kinds[i + 2 + measured] not in ("WHEN", "AT", "TIME") or (not measured and clause.count is None):
        return False
    p.i += 1
    p.link = "and"
    return True


def _before_count(p: State) -> bool:
    """Whether a stroke between blanks stands for a comma between a product and its count: "300MG CAP / 1 CAP QAM".

    Also asks for: C, FORM, NUM.
    """
    blank = p.tokens.text[p.tokens.span(p.i)[0] - 1] == " "
    product = p.kinds[p.i - 1] in ("C", "FORM") and p.clause.count is None and not p.clause.timed
    return blank and product and p.kinds[p.i + 1 : p.i + 3] == ["NUM", "C"]


def before(p: State) -> bool:
    """before-item ::= BEFORE (meal | event)."""
    return mealtimes.meal(p) or cycles.before_event(p)


def with_(p: State) -> bool:
    """with-item ::= WITH (PRN | companion | meal)."""
    return either.as_needed_too(p) or companions.companion(p) or mealtimes.meal(p)


def after(p: State) -> bool:
    """after-item ::= AFTER (meal | span T | event)."""
    return mealtimes.meal(p) or lengths.after(p) or events.after_event(p)


def condition(p: State) -> bool:
    """condition ::= COND: said of a dose before it ("… if pain persists"); before a dose it would bind
    what follows."""
    if not p.clause.dosed and not (p.clause.form and p.clause.timed):
        return False
    p.i += 1
    return True


def only(p: State) -> bool:
    """only ::= ONLY: nothing more of it."""
    p.i += 1
    return True


def as_(p: State) -> bool:
    """as ::= AS: the left ear where drops are given, else a word without meaning of its own."""
    if dayparts.drops(p) and not p.clause.site:
        return pairs.eye(p)
    p.i += 1
    return True


def of(p: State) -> bool:
    """of ::= OF (quantity | substance | form | site) | OF [EVERY] [WORD] PERIOD, behind the days of a cycle: "on days
    2-4 of each chemo cycle".

    Also asks for: A, C, FORM, NUM, SUBST.
    """
    i = p.i + 1
    while p.kinds[i] in ("EVERY", "A", "WORD") and i < p.i + _CYCLE_WORDS:
        i += 1
    if p.clause.from_day is not None and p.kinds[i] == "PERIOD":
        p.i = i + 1
        return True
    if p.kinds[p.i + 1] in ("SUBST", "FORM", "C") or (p.kinds[p.i + 1] == "NUM" and p.kinds[p.i + 2] not in _NO_UNIT):
        p.i += 1
        return True
    return sites.site(p)


_CYCLE_WORDS = 4
_NO_UNIT = frozenset((END, "STOP", "COMMA", "RP"))
"""Signs behind a number that has no unit: "day 3 of 7" are not seven of anything."""


def other(p: State) -> bool:
    """other-item ::= pair | OTHER site | other-medicines: "alternate nostrils" are one at a time."""
    return alternating.pair(p) or bool(pairs.leading(p, p.i) and sites.site(p)) or others.other_medicines(p)


def at(p: State) -> bool:
    """at-item ::= AT (clocks | when | meal | place-of-care | site)."""
    return dayparts.at(p) or sites.of_care(p) or sites.site(p)


def day_or_time(p: State) -> bool:
    """day-item ::= least | T NUM …: day 1, days 1–3; a pulse; or "d" behind a dose: daily."""
    if (p.values[p.i] == "min" and spacing.least(p)) or intervals.day_and_night(p):
        return True
    return frequencies.letter_d(p) or measurements.pulse(p) or phases.day(p) or (not p.depth and happenings.reading(p))


def release(p: State) -> bool:
    """release-item ::= creatinine | REL."""
    return measurements.creatinine(p) or routes.release(p)


def to(p: State) -> bool:
    """to-item ::= site | purpose | date: "through 6/14", until then."""
    if sites.site(p) or remarks.purpose(p):
        return True
    end = dates.date_at(p, p.i + 1)
    if end == p.i + 1 or not remarks.complete(p) or p.clause.until:
        return False
    p.clause.until = dates.date_said(p, p.i + 1, end)
    p.i = end
    return True


def if_(p: State) -> bool:
    """if-item ::= reason | measured-condition | condition | added-if: as needed; any other condition could reverse the
    meaning.
    """
    return as_needed.if_(p) or readings.measured_condition(p) or remarks.condition(p) or provisos.added_if(p)


def target(p: State) -> bool:
    """target-item ::= titrate | reading ("target INR 2.5")."""
    return targets.titrate(p) or happenings.reading(p)


def total(p: State) -> bool:
    """total ::= TOTAL [restated]: after a count or a dose it adds nothing."""
    p.i += 1
    day_totals.restated(p)
    return True
