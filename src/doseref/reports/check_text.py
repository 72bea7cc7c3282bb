"""A judged regimen for a terminal: the verdict first, the reason next, the proof under it.

Lines are wrapped to the width at spaces; a name or an amount is never cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from doseref.api import SCOPE, Result
from doseref.findings import Finding, Severity
from doseref.quantities import Amount
from doseref.regimen.model import RANK, Exposure, Item, Judged, ProductLoad, Total, Verdict
from doseref.regimen.overlaps import effects
from doseref.regimen.tally import Tally
from doseref.reports.characters import clean

_BAR = 40
_COLOURS = {
    "OVER": "31;1",
    "MAY EXCEED": "33;1",
    "ABOVE RANGE": "33",
    "MAY EXCEED RANGE": "33",
    "WITHIN": "32",
    "INCOMPLETE": "33;1",
    "error": "31;1",
    "warning": "33;1",
    "NOT ASSESSED": "36",
}
_PAD = 7


class Writer:
    """Lines of a report: wrapped, indented, coloured only where colour is wanted."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width, self.colour = width, colour
        self.lines: list[str] = []

    def paint(self, word: str) -> str:
        """``word`` in its colour; the word itself always stays."""
        code = _COLOURS.get(word)
        return f"\033[{code}m{word}\033[0m" if self.colour and code else word

    def add(self, head: str, text: str, indent: int = _PAD, painted: bool = False) -> None:
        """A line that begins with ``head`` in the margin and wraps under ``indent``."""
        room = max(self.width - indent, 20)
        pieces = wrap(text, room, self.width - max(len(head) + 2, indent))
        first = ("" if not indent else f"{head:<{indent - 1}} ") if len(head) < indent or not head else f"{head}  "
        if painted and self.colour:
            first = first.replace(head, self.paint(head), 1)
        self.lines.append((first + pieces[0]).rstrip())
        self.lines += [" " * indent + piece for piece in pieces[1:]]

    def taken(self, kept: int = 1) -> str:
        """The lines so far but the last ``kept``, which are no longer held."""
        end = max(len(self.lines) - kept, 0)
        text = "".join(f"{line.rstrip()}\n" for line in self.lines[:end])
        del self.lines[:end]
        return text

    def blank(self) -> None:
        """An empty line, never two."""
        if self.lines and self.lines[-1]:
            self.lines.append("")


def wrap(text: str, room: int, first_room: int | None = None) -> list[str]:
    """``text`` in lines of at most ``room`` columns, broken between words only; numbers stay with their units."""
    words = _kept_together(clean(text).split(" "))
    lines: list[str] = []
    line = ""
    limit = first_room if first_room is not None else room
    for word in words:
        if line and len(line) + 1 + len(word) > limit:
            lines.append(line)
            line, limit = word, room
        else:
            line = f"{line} {word}" if line else word
    lines.append(line)
    return lines


def _kept_together(words: list[str]) -> list[str]:
    """A number and the unit behind it as one word, so that a dose is never broken across lines."""
    joined: list[str] = []
    for word in words:
        number = (
            joined and joined[-1][-1:].isdigit() and word.rstrip(".,;:)") in ("mg", "mcg", "g", "mL", "units", "mEq")
        )
        strength = (
            joined and joined[-1][-1:].isalpha() and word[:1].isdigit() and "/" in word
        )  # "Percocet 10/325" is one name
        place = joined and (word == "line" or (joined[-1].endswith(" line") and word[:1].isdigit()))
        if number or strength or place:
            joined[-1] += f" {word}"
        else:
            joined.append(word)
    return joined


def _sources(out: Writer, result: Result, named: dict[str, tuple[str, ...]]) -> None:
    """Every source that was ``named``, once: what it is, its date, and where it is."""
    if not named:
        return
    out.blank()
    out.lines.append(out.paint("SOURCES"))
    for key, sections in named.items():
        source = result.data.sources[key]
        short = f"{source.short}: " if source.kind == "article" else ""
        publisher = f", {source.publisher}" if source.publisher else ""
        address = f" {source.where}" if source.where.startswith("http") else ""
        out.add("", clean(f"{short}{source.cited(', '.join(sections))}{publisher}{address}"), 2)


def render(
    result: Result, width: int = 80, colour: bool = False, *, verbose: bool = False, explain: bool = False
) -> str:
    """The whole report, one part per person: the answer, what is amiss, the totals (the gravest first), what was not assessed.

    ``verbose`` adds the findings that only inform; ``explain`` the bars, sources and working of what is within its limits.
    """
    tally = Tally(result.data, result.bench)
    several = len(result.regimens) > 1
    return "".join(pieces(result, result.regimens, tally, several, Writer(width, colour), verbose, explain))


def pieces(
    result: Result, regimens: Iterable[Judged], tally: Tally, several: bool, out: Writer, verbose: bool, explain: bool
) -> Iterator[str]:
    """The report of ``regimens`` in pieces, each as soon as it is known; ``tally`` counts them as they pass."""
    for regimen in tally.over(regimens):
        if regimen.id is not None or several:
            out.blank()
            out.lines.append(f"== {clean(regimen.id or 'unnamed')} ==")
        _regimen(out, result, regimen, verbose, explain)
        yield out.taken()
    if explain or verbose:
        _sources(out, result, tally.sources())
    out.blank()
    counts = tally.summary()
    policy = "" if result.policy == "strictest" else f" Policy: {result.policy}."
    out.add(
        "",
        f"Limits are for {SCOPE}.{policy} Data {result.data.described}.{_explains(tally.worst)}",
        0,
    )
    if aside := tally.left_aside:
        out.add("", f"Left aside by the options: {aside}.", 0)
    if counts["regimens"] > 1:
        out.add(
            "",
            f"{counts['regimens']} regimens, {counts['items']} items: {many(counts['errors'], 'error')}, {many(counts['warnings'], 'warning')}.",
            0,
        )
    yield out.taken(0)


def many(number: int, word: str) -> str:
    """``1 error``, ``2 errors``, ``1,200 errors``."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _explains(worst: Finding | None) -> str:
    return f" doseref rules {worst.code} explains." if worst else ""


def answer(regimen: Judged) -> str:
    """What a regimen comes to in one line: ``2 errors, 1 warning; 3 of 9 items not assessed``."""
    severities = [finding.severity for finding in regimen.findings]
    counts = [
        many(severities.count(severity), severity.word)
        for severity in (Severity.ERROR, Severity.WARNING)
        if severity in severities
    ]
    unjudged = sorted({n for numbers, _, _ in regimen.not_assessed for n in numbers})
    care = sum(bool(item.care) for item in regimen.items)
    total = len(regimen.items) - care
    rest = (
        f"{len(unjudged):,} of {many(total, 'item')} not assessed"
        if unjudged
        else f"all of {many(total, 'item')} assessed"
        if total > 1
        else "1 item assessed"
    )
    told = ([rest] if total else []) + ([f"{care} with nothing to add up"] if care else [])
    return f"{', '.join(counts) or 'no errors or warnings'}; {', '.join(told) or 'no items'}"


_UNASSESSED = ("R401", "R402", "R403", "R404")
"""Rules that tell of an item that was not read; a regimen tells them in one line."""


def _regimen(out: Writer, result: Result, regimen: Judged, verbose: bool, explain: bool) -> None:
    out.add("", answer(regimen), 0)
    if regimen.patient and regimen.patient.words:
        out.add("", f"Person: {regimen.patient.words}", 0)
    loud = [f for f in regimen.findings if f.severity > Severity.INFO]
    unread = [f for f in loud if f.code in _UNASSESSED and any(regimen.items[n - 1].status != "read" for n in f.items)]
    told = [f for f in loud if f not in unread]
    if told or unread:
        out.blank()
    for finding in told:
        _finding(out, finding)
    if unread:
        _grouped_unread(out, regimen, unread)
    _totals(out, result, regimen, explain)
    _as_of(out, result, regimen)
    _not_assessed(out, result, regimen)
    _care(out, regimen)
    _shared(out, result, regimen, verbose)
    informing = [f for f in regimen.findings if f.severity is Severity.INFO]
    if verbose and informing:
        out.blank()
        for finding in informing:
            _finding(out, finding)
    elif informing:
        out.blank()
        out.add(
            "",
            f"{many(len(informing), 'note')} for information: add -v to see {'it' if len(informing) == 1 else 'them'}",
            0,
        )


def _grouped_unread(out: Writer, regimen: Judged, findings: list[Finding]) -> None:
    """One line for all items that were not read; the section NOT ASSESSED says why, item by item."""
    numbers = sorted({n for finding in findings for n in finding.items})
    names = ", ".join(f"{n} {clean(regimen.items[n - 1].given.text)}" for n in numbers)
    codes = ", ".join(sorted({finding.code for finding in findings}))
    word = max(findings, key=lambda finding: finding.severity).severity.word
    out.add(word, f"{codes}  {many(len(numbers), 'item')} not (wholly) read: {names}", 9, painted=True)


def _totals(out: Writer, result: Result, regimen: Judged, explain: bool) -> None:
    """Totals and product limits, the gravest first; what is within its limits in one line each."""
    order = list(_COLOURS)
    judged = sorted((t for t in regimen.totals if t.judged), key=lambda total: order.index(word_of(total)))
    loads = sorted(regimen.loads, key=lambda load: -RANK[load.judgement])
    short = [] if explain else [t for t in judged if word_of(t) == "WITHIN"]
    for total in judged:
        if total not in short:
            out.blank()
            _total(out, result, regimen, total)
    for load in loads:
        if explain or load.judgement != "within":
            out.blank()
            word, amount, limit = load_words(result, load)
            out.add(word, amount, _PAD, painted=True)
            out.add("", limit, _PAD + 2)
    if short:
        out.blank()
    for total in short:
        _within(out, result, total, regimen)


def _within(out: Writer, result: Result, total: Total, regimen: Judged) -> None:
    """One line of a total that is within: the amount, the lowest limit, what still fits."""
    stated = [v for v in total.judged if v.amount is not None]
    deciding = [v for v in stated if v.limit.basis == "maximum" and v.amount == total.deciding]
    lowest = deciding[0] if deciding else min(stated, key=lambda v: v.amount or 0)
    what = {"maximum": "at most", "target": "target to", "range": "usual range to"}[lowest.limit.basis]
    name = result.data.name_of(total.substance) + ("" if total.route == "systemic" else f" ({total.route})")
    more = [text for text in headroom(result, regimen, total) if text.startswith(("no room", "one more"))]
    limit = Amount(lowest.amount, total.amount.unit) if lowest.amount is not None else ""
    out.add(
        "WITHIN",
        f"{name}  {total.amount} {total.per.words} ({what} {limit}){''.join(f'; {text}' for text in more)}",
        _PAD,
        painted=True,
    )


def load_words(result: Result, load: ProductLoad) -> tuple[str, str, str]:
    """A product against its own label: the verdict's word, what is taken, what is allowed and who says so."""
    word = {"over": "OVER", "possible": "MAY EXCEED"}.get(load.judgement, "WITHIN")
    source = result.data.sources.get(load.source)
    limit = Amount(load.allowed, load.taken.unit)
    return (
        word,
        f"{load.product.label}  {load.taken} in 24 hours",
        f"its own label allows {limit}  {source.short if source else load.source}",
    )


def word_of(total: Total) -> str:
    """The word over a total: by the stated maximum that the policy picks, else by the widest range; INCOMPLETE where it is within and has gaps."""
    ranks = [v.judgement for v in total.judged if v.limit.basis == "maximum"]
    words = {"over": "OVER", "possible": "MAY EXCEED"}
    if not ranks:  # no source states a maximum: above every range or target is not within anything
        ranks = [min((v.judgement for v in total.judged), key=RANK.__getitem__, default="within")]
        words = {"over": "ABOVE RANGE", "possible": "MAY EXCEED RANGE"}
    worst = (min if total.lenient else max)(ranks, key=RANK.__getitem__)
    return words.get(worst, "INCOMPLETE" if total.gaps else "WITHIN")


def gap_lines(regimen: Judged, total: Total) -> Iterator[str]:
    """What a total does not (wholly) count, one line for each item."""
    for n in total.missing:
        item = regimen.items[n - 1]
        what = (
            "how often it is taken is not said"
            if item.status == "partly-read"
            else "how much of it that is, is not known"
        )
        yield f"{n}  not counted: item {n} ({clean(item.matched)}); {what}"
    for n in total.partial:
        yield f"{n}  read only in part: see NOT ASSESSED"


def _total(out: Writer, result: Result, regimen: Judged, total: Total) -> None:
    name = result.data.name_of(total.substance)
    route = "" if total.route == "systemic" else f" ({total.route})"
    when = f", at worst: {total.when}" if total.when else ""
    out.add(
        word_of(total),
        f"{name}{route}  {'at least ' if total.gaps else ''}{total.amount} {total.per.words}{when}",
        _PAD,
        painted=True,
    )
    bar = bar_of(total, min(_BAR, out.width - _PAD - 14))
    if bar:
        out.lines.append(" " * _PAD + bar)
    for text in verdict_lines(result, total):
        out.add("", text, _PAD + 2)
        out.lines[-len(wrap(text, out.width - _PAD - 2))] = (
            " " * _PAD + out.lines[-len(wrap(text, out.width - _PAD - 2))].strip()
        )
    for exposure in total.exposures:
        out.add("", f"{exposure.item}  {clean(item_name(regimen, exposure))}: {exposure.working}", _PAD + 3)
        first = len(out.lines) - len(
            wrap(f"{exposure.item}  {clean(item_name(regimen, exposure))}: {exposure.working}", out.width - _PAD - 3)
        )
        out.lines[first] = " " * _PAD + out.lines[first].strip()
    for text in (*gap_lines(regimen, total), *headroom(result, regimen, total)):
        out.add("", text, _PAD)


def item_name(regimen: Judged, exposure: Exposure) -> str:
    """How an item is called: its product, else the name as matched."""
    item = regimen.items[exposure.item - 1]
    name = item.product.label if item.product else item.matched or item.given.text
    return f"{name} ({exposure.phase_name})" if exposure.phase_name else name


def bar_of(total: Total, length: int) -> str:
    """The total against its limits: full blocks to the low end, half blocks to the high end, ``|`` at each limit."""
    limits = sorted({v.amount for v in total.judged if v.amount is not None})
    if not limits or not limits[-1] or length < 10:
        return ""
    top = max([total.amount.high, *limits])
    cells = []
    for index in range(length):
        at = top * (index + 1) / length
        cells.append("█" if at <= total.amount.low else "▒" if at <= total.amount.high else "░")
    for limit in limits:
        cells[min(int(limit / top * length), length) - 1 if limit else 0] = "|"
    scale = " | ".join(str(Amount(limit, total.amount.unit)).rsplit(" ", 1)[0] for limit in limits[:3])
    more = " …" if len(limits) > 3 else ""
    return f"{''.join(cells)} {scale}{more}"


def verdict_lines(result: Result, total: Total) -> Iterator[str]:
    """Each source as a judge: verdict, amount, where it stands; equal ones together, the gravest first."""
    groups: dict[tuple[str, Decimal, str, str], list[Verdict]] = {}
    for verdict in total.judged:
        if verdict.amount is not None:
            key = (verdict.judgement, verdict.amount, verdict.limit.basis, verdict.reason)
            groups.setdefault(key, []).append(verdict)
    prn = any(exposure.prn for exposure in total.exposures)
    for (judgement, amount, basis, reason), verdicts in sorted(
        groups.items(), key=lambda g: (-RANK[g[0][0]], g[0][2] != "maximum", g[0][1])
    ):
        words = verdict_words(judgement, basis, prn)
        if total.gaps and judgement == "within":
            words = f"so far {words}"
        places = " · ".join(dict.fromkeys(place(result, verdict) for verdict in verdicts))
        part = f" ({reason})" if reason else ""
        yield f"{words}{part} {Amount(amount, total.amount.unit)}  {places}"
    told = [v for v in total.verdicts if not v.judges and v.amount is not None and v.judgement in ("over", "possible")]
    for verdict in told:
        scope = verdict.limit.indication or verdict.limit.form or verdict.limit.population or "narrower scope"
        if verdict.amount is not None:
            yield f"for information: {scope}: {Amount(verdict.amount, total.amount.unit)}  {place(result, verdict)}"


def verdict_words(judgement: str, basis: str, prn: bool) -> str:
    """``over``, ``over if all as-needed doses are taken``, ``within``; for a range or a target ``above``."""
    what = {"maximum": "maximum", "target": "titration target", "range": "usual range"}[basis]
    if judgement == "over":
        return "over" if basis == "maximum" else f"above the {what}"
    if judgement == "possible":
        how = "if all as-needed doses are taken" if prn else "at the high end"
        return f"over {how}" if basis == "maximum" else f"above the {what} {how}"
    return "within" if basis == "maximum" else f"within the {what} to"


def place(result: Result, verdict: Verdict) -> str:
    """``L2–L3 line 492``; for a label its title."""
    source = result.data.sources.get(verdict.limit.source)
    short = source.short if source else verdict.limit.source
    if verdict.limit.line:
        entry = (
            f" ({verdict.limit.statement.rsplit('/', 2)[1]} {verdict.limit.statement[-2:]})"
            if verdict.limit.combination
            else ""
        )
        return f"{short} line {verdict.limit.line}{entry}"
    return short


def headroom(result: Result, regimen: Judged, total: Total) -> Iterator[str]:
    """How much more fits under the stated maximum that decides, and whether one more as-needed dose would exceed it."""
    lowest = total.deciding
    beyond = any(v.judgement != "within" for v in total.judged) and not total.lenient
    doubled = any(f.code == "R202" and result.data.name_of(total.substance) in f.substances for f in regimen.findings)
    if lowest is None or total.gaps or doubled or (beyond and total.amount.high < lowest):
        return  # what still fits would read as leave to take it
    unit = total.amount.unit
    if total.amount.high < lowest:
        yield f"room for {Amount(lowest - total.amount.high, unit)} more {total.per.words}"
    elif total.amount.high == lowest:
        yield f"no room: at the {'highest' if total.lenient else 'lowest'} maximum"
    for exposure in total.exposures:
        if exposure.prn and total.amount.high <= lowest < total.amount.high + exposure.per_dose.high:
            yield f"one more dose of item {exposure.item} ({Amount(exposure.per_dose.high, unit)}) would exceed {Amount(lowest, unit)}"


def _as_of(out: Writer, result: Result, regimen: Judged) -> None:
    for head, lines in as_of_lines(result, regimen):
        out.blank()
        out.add("", head, 0)
        for line in lines:
            out.add("", line, _PAD)


def as_of_lines(result: Result, regimen: Judged) -> Iterator[tuple[str, list[str]]]:
    """What was taken of a substance by now, and for each item when its next dose fits."""
    for each in regimen.as_of:
        unit = each.taken.unit
        most = f" of at most {Amount(each.maximum, unit)}" if each.maximum is not None else "; no maximum is known here"
        name = result.data.name_of(each.substance)
        lines = []
        for n, dose, wait, why in each.next_doses:
            when = "does not fit" if wait is None else f"fits {'now' if wait == 0 else f'from {each.clock(wait)}'}"
            lines.append(f"item {n}: one more dose ({dose}) {when}{f' ({why})' if why != 'now' else ''}")
        yield f"AS OF {each.now}  {name}: {each.taken} taken in the last 24 hours{most}", lines


def _not_assessed(out: Writer, result: Result, regimen: Judged) -> None:
    if not regimen.not_assessed:
        return
    out.blank()
    out.lines.append(out.paint("NOT ASSESSED"))
    for numbers, what, reason in regimen.not_assessed:
        head = ", ".join(str(n) for n in numbers)
        amounts = [
            t
            for t in regimen.totals
            if not t.judged and t.called(result.data.name_of(t.substance)) == what and t.items == numbers
        ]
        shown = f" ({amounts[0].amount} {amounts[0].per.words})" if amounts else ""
        close = [name for n in numbers for name in regimen.items[n - 1].suggestions if not regimen.items[n - 1].parts]
        hint = f"; did you mean {' or '.join(close)}?" if close and "did you mean" not in reason else ""
        out.add(f"  {head}", f"{clean(what)}{shown}: {clean(reason)}{hint}", _PAD)


def _care(out: Writer, regimen: Judged) -> None:
    """What is no medicine to be added up, in one line."""
    told = "; ".join(f"{item.n} {clean(item.matched)} ({item.care})" for item in regimen.items if item.care)
    if told:
        out.blank()
        out.add("NOTHING TO ADD UP", told, _PAD)


def _shared(out: Writer, result: Result, regimen: Judged, verbose: bool) -> None:
    substances = {s for item in regimen.items for s in item.substances}
    if len(substances) < 2:
        return
    silent = no_effects_known(result, regimen)
    out.blank()
    if not regimen.overlaps:
        what = "none of two substances" if not silent else "none known of two substances"
        out.add("SHARED SIDE EFFECTS", what, _PAD)
    elif verbose:
        out.lines.append("SHARED SIDE EFFECTS")
        for overlap in regimen.overlaps:
            names = ", ".join(result.data.name_of(s) for s in overlap.substances)
            out.add(
                "",
                f"{overlap.label}: {names} ({'items' if len(overlap.items) > 1 else 'item'} {', '.join(map(str, overlap.items))})",
                _PAD,
            )
    else:
        told = "; ".join(f"{o.label} ({', '.join(map(str, o.items))})" for o in regimen.overlaps)
        out.add("SHARED SIDE EFFECTS", told, _PAD)
    if silent:
        out.add("", f"no side effects are in the data for {', '.join(silent)}", _PAD)


def no_effects_known(result: Result, regimen: Judged) -> list[str]:
    """Names of the substances of which the data list no side effect: for these, silence says nothing."""
    named = dict.fromkeys(s for item in regimen.items for s in item.substances)
    return [result.data.name_of(s) for s in named if not effects(s, result.data)]


def _finding(out: Writer, finding: Finding) -> None:
    if finding.severity is Severity.INFO and finding.code in ("R301", "R405"):
        return  # a section of its own tells it already
    head = finding.severity.word
    mend = f" — {finding.mend}" if finding.mend else ""
    out.add(head, f"{finding.code}  {clean(finding.message)}{mend}", 9, painted=True)


def unread(item: Item) -> bool:
    """Whether an item gave nothing to judge."""
    return item.status == "unread"
