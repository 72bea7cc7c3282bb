"""A judged regimen for a terminal: the verdict first, the reason next, the proof under it.

Lines are wrapped to the width at spaces; a name or an amount is never cut.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from doseref.findings import Finding, Severity
from doseref.items.not_taken import NOT_TAKEN
from doseref.regimen.judged import LEFT_OUT, Judged
from doseref.regimen.model import RANK, Total
from doseref.regimen.tally import Tally
from doseref.regimen.totals import covered
from doseref.reports.characters import clean
from doseref.reports.check_words import (
    answer,
    as_of_lines,
    bar_of,
    gap_lines,
    headroom,
    item_name,
    load_words,
    many,
    no_effects_known,
    own_numbers,
    verdict_lines,
    word_of,
    written,
)
from doseref.reports.said_once import unadjusted_line, unadjusted_note, without_note
from doseref.reports.writer import COLOURS, PAD, Writer, wrap
from doseref.result import Result, printed_there, scope_words

_BAR = 40


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


@printed_there
def render(
    result: Result,
    width: int = 80,
    colour: bool = False,
    *,
    verbose: bool = False,
    explain: bool = False,
    only: Severity | None = None,
) -> str:
    """The whole report, one part per person: the answer, what is amiss, the totals (the gravest first), what was not
    assessed.

    ``verbose`` adds the findings that only inform; ``explain`` the bars, sources and working of what is within its
    limits; ``only`` leaves the people out who have no finding of that severity.
    """
    tally = Tally(result.data, result.bench)
    several = len(result.regimens) > 1
    return "".join(pieces(result, result.regimens, tally, several, Writer(width, colour), verbose, explain, only))


def pieces(
    result: Result,
    regimens: Iterable[Judged],
    tally: Tally,
    several: bool,
    out: Writer,
    verbose: bool,
    explain: bool,
    only: Severity | None = None,
) -> Iterator[str]:
    """The report of ``regimens`` in pieces, each as soon as it is known; ``tally`` counts them as they pass."""
    for regimen in tally.over(regimens):
        if only is not None and all(finding.severity < only for finding in regimen.findings):
            continue
        if regimen.id is not None or several:
            out.blank()
            out.lines.append(f"== {clean(regimen.id or 'unnamed')} ==")
        _regimen(out, result, regimen, verbose, explain)
        yield out.taken()
    if explain or verbose:
        _sources(out, result, tally.sources(quiet=False))
    out.blank()
    counts = tally.summary()
    policy = "" if result.policy == "strictest" else f" Policy: {result.policy}."
    out.add(
        "",
        f"Limits are for {scope_words(tally.outside)}.{policy} Data {result.data.described}.{_explains(tally.worst)}",
        0,
    )
    if aside := tally.left_aside:
        out.add("", f"Left aside by the options: {aside}.", 0)
    if counts["regimens"] > 1:
        out.add(
            "",
            f"{counts['regimens']} regimens, {counts['items']} items: {many(counts['errors'], 'error')}, "
            f"{many(counts['warnings'], 'warning')}.",
            0,
        )
        for word, names in tally.who.items():
            if names:
                _who(out, word, names)
    yield out.taken(0)


def _who(out: Writer, word: str, names: list[str]) -> None:
    """Who has a finding of this severity and of none graver."""
    head = f"{word.capitalize()}s: {many(len(names), 'person').replace('persons', 'people')}"
    out.add("", f"{head}: {'; '.join(map(clean, names))}.", 0)


def _explains(worst: Finding | None) -> str:
    return f" doseref rules {worst.code} explains." if worst else ""


_UNASSESSED = ("R401", "R402", "R403", "R404")
"""Rules that tell of an item that was not read; a regimen tells them in one line."""


def _regimen(out: Writer, result: Result, regimen: Judged, verbose: bool, explain: bool) -> None:
    out.add("", answer(regimen), 0)
    if regimen.patient and regimen.patient.words:
        out.add("", f"Person: {regimen.patient.words}", 0)
    numbers = own_numbers(regimen)
    if numbers:
        out.add("", numbers, 0)
    loud = [f for f in regimen.findings if f.severity > Severity.INFO]
    unread = [f for f in loud if f.code in _UNASSESSED and any(regimen.items[n - 1].status != "read" for n in f.items)]
    apart = {id(f) for f in unread}
    told = [f for f in loud if id(f) not in apart]
    if told or unread:
        out.blank()
    for finding in told:
        _finding(out, finding)
    if unread:
        _grouped_unread(out, regimen, unread)
    _totals(out, result, regimen, explain)
    _as_of(out, result, regimen)
    _not_assessed(out, result, regimen)
    _left_out(out, regimen)
    _care(out, regimen)
    _shared(out, result, regimen, verbose)
    informing = [f for f in regimen.findings if f.severity is Severity.INFO and f.code not in ELSEWHERE]
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


ELSEWHERE = ("R301", "R405")
"""Rules whose information has a section of its own: shared side effects, what is not assessed."""


def _grouped_unread(out: Writer, regimen: Judged, findings: list[Finding]) -> None:
    """One line for all items that were not read; the section NOT ASSESSED says why, item by item."""
    numbers = sorted({n for finding in findings for n in finding.items})
    names = ", ".join(f"({n}) {written(regimen.items[n - 1].given.text)}" for n in numbers)
    each = [finding.code for finding in findings]
    codes = ", ".join(f"{code} ×{count}" if (count := each.count(code)) > 1 else code for code in sorted(set(each)))
    word = max(findings, key=lambda finding: finding.severity).severity.word
    out.add(word, f"{codes}  {many(len(numbers), 'item')} not (wholly) read: {names}", 9, painted=True)


def _totals(out: Writer, result: Result, regimen: Judged, explain: bool) -> None:
    """Totals and product limits, the gravest first; what is within its limits in one line each."""
    order = list(COLOURS)
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
            out.add(word, amount, PAD, painted=True)
            out.add("", limit, PAD + 2)
    if short:
        out.blank()
    for total in short:
        _within(out, result, total, regimen)
    if note := unadjusted_note(regimen):
        out.blank()
        out.add("", unadjusted_line(regimen, note, result.told), 2)


def _within(out: Writer, result: Result, total: Total, regimen: Judged) -> None:
    """One line of a total that is within: the amount, the lowest limit, what still fits."""
    stated = [v for v in total.judged if v.amount is not None]
    deciding = [v for v in stated if v.limit.basis == "maximum" and v.amount == total.deciding]
    within = [v for v in stated if v.judgement == "within"] or stated  # of ranges one that it is in, if it is in any
    lowest = deciding[0] if deciding else min(within, key=lambda v: v.amount or 0)
    what = {"maximum": "at most", "target": "target to", "range": "usual range to"}[lowest.limit.basis]
    name = result.told(total.substance) + ("" if total.route == "systemic" else f" ({total.route})")
    more = [text for text in headroom(result, regimen, total) if text.startswith(("nothing more", "one more"))]
    limit = total.tell(lowest.amount) if lowest.amount is not None else ""
    reason = without_note(lowest.reason, unadjusted_note(regimen))
    part = f"{reason}; " if reason else ""
    out.add(
        "WITHIN",
        f"{name}  {total.told_amount}{total.each} ({part}{what} {limit}){''.join(f'; {text}' for text in more)}",
        PAD,
        painted=True,
    )


def _total(out: Writer, result: Result, regimen: Judged, total: Total) -> None:
    name = result.told(total.substance)
    route = "" if total.route == "systemic" else f" ({total.route})"
    when = f", at worst: {total.when}" if total.when else ""
    out.add(
        word_of(total),
        f"{name}{route}  {total.stated}{when}",
        PAD,
        painted=True,
    )
    bar = bar_of(total, min(_BAR, out.width - PAD - 14))
    if bar:
        out.lines.append(" " * PAD + bar)
    for text in verdict_lines(result, total):
        out.add("", text, PAD + 2)
        out.lines[-len(wrap(text, out.width - PAD - 2))] = (
            " " * PAD + out.lines[-len(wrap(text, out.width - PAD - 2))].strip()
        )
    for exposure in total.exposures:
        out.add("", f"{exposure.item}  {clean(item_name(regimen, exposure))}: {exposure.working}", PAD + 3)
        first = len(out.lines) - len(
            wrap(f"{exposure.item}  {clean(item_name(regimen, exposure))}: {exposure.working}", out.width - PAD - 3)
        )
        out.lines[first] = " " * PAD + out.lines[first].strip()
    for text in (*gap_lines(regimen, total), *headroom(result, regimen, total)):
        out.add("", text, PAD)


def _as_of(out: Writer, result: Result, regimen: Judged) -> None:
    for head, lines in as_of_lines(result, regimen):
        out.blank()
        out.add("", head, 0)
        for line in lines:
            out.add("", line, PAD)


def _not_assessed(out: Writer, result: Result, regimen: Judged) -> None:
    skipped = [each for each in regimen.not_assessed if not each[2].startswith(LEFT_OUT)]
    if not skipped:
        return
    out.blank()
    out.lines.append(out.paint("NOT ASSESSED"))
    unjudged: dict[tuple[int, ...], list[Total]] = {}
    for total in regimen.totals:
        if not total.judged and not covered(total, regimen.totals):
            unjudged.setdefault(total.items, []).append(total)
    alike: dict[str, list[tuple[int, str, str, str]]] = {}
    shown_before: Counter[tuple[str, str]] = Counter()
    note = unadjusted_note(regimen)
    for place, (numbers, what, reason) in enumerate(skipped):  # in the order of the items
        amounts = [t for t in unjudged.get(numbers, ()) if t.called(result.told(t.substance)) == what]
        told = shown_before[reason, what]
        one = amounts[min(told, len(amounts) - 1)] if amounts else None  # "25 mcg in 24 hours", then "75 mcg per week"
        shown_before[reason, what] += one is not None
        shown = f" ({one.stated})" if one is not None else ""
        close = [name for n in numbers for name in regimen.items[n - 1].suggestions if not regimen.items[n - 1].parts]
        hint = f"; did you mean {' or '.join(close)}?" if close and "did you mean" not in reason else ""
        alike.setdefault(without_note(reason, note) or reason, []).append(
            (place, ", ".join(map(str, numbers)), f"{written(what)}{shown}", hint)
        )
    alone = [(each, reason) for reason, own in alike.items() if len(own) < _MANY_ALIKE for each in own]
    for (_, head, what, hint), reason in sorted(alone):
        out.add(f"  {head}", f"{what}: {clean(reason)}{hint}", PAD)
    for reason, entries in alike.items():
        if len(entries) < _MANY_ALIKE:
            continue
        out.add("", f"{clean(reason)}:", 2)
        for _, head, what, hint in entries:
            out.add(f"  {head}", f"{what}{hint}", PAD)


_MANY_ALIKE = 3
"""From so many entries with the same reason on, the reason is told once, before them."""


def _left_out(out: Writer, regimen: Judged) -> None:
    """Lines of the input that are not taken: they have no number here, and stand apart from the items that have."""
    left = regimen.left_out
    if left:
        out.blank()
        out.lines.append("LEFT OUT")
    for what, why in left:
        out.add("", f"{written(what)}: {clean(why)}", PAD)


def _care(out: Writer, regimen: Judged) -> None:
    """What is no medicine to be added up, in one line."""
    told = "; ".join(
        f"{item.n} {written(item.given.text) if item.care == NOT_TAKEN else clean(item.matched)} ({item.care})"
        for item in regimen.items
        if item.care
    )
    if told:
        out.blank()
        out.add("NOTHING TO ADD UP", told, PAD)


def _shared(out: Writer, result: Result, regimen: Judged, verbose: bool) -> None:
    substances = {s for item in regimen.items for s in item.substances}
    read = {s for item in regimen.items if item.status != "unread" for s in item.substances}
    if len(substances) < 2 or (not regimen.overlaps and len(read) < 2):
        return
    silent = no_effects_known(result, regimen)
    out.blank()
    if not regimen.overlaps:
        what = "none of two substances" if not silent else "none known of two substances"
        out.add("SHARED SIDE EFFECTS", what, PAD)
    elif verbose:
        out.lines.append("SHARED SIDE EFFECTS")
        for overlap in regimen.overlaps:
            names = ", ".join(map(result.told, overlap.substances))
            out.add(
                "",
                f"{overlap.label}: {names} ({'items' if len(overlap.items) > 1 else 'item'} "
                f"{', '.join(map(str, overlap.items))})",
                PAD,
            )
    else:
        told = "; ".join(f"{o.label} ({', '.join(map(str, o.items))})" for o in regimen.overlaps)
        out.add("SHARED SIDE EFFECTS", told, PAD)
    if silent:
        out.add("", f"no side effects are in the data for {', '.join(silent)}", PAD)


def _finding(out: Writer, finding: Finding) -> None:
    head = finding.severity.word
    mend = f" — {finding.mend}" if finding.mend else ""
    out.add(head, f"{finding.code}  {clean(finding.message)}{mend}", 9, painted=True)
