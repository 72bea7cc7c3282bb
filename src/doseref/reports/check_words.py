"""The words of a judged regimen that its reports share, whatever they are written as."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from doseref.findings import Severity
from doseref.patterns import regex
from doseref.quantities import Amount
from doseref.regimen.judged import Judged, ProductLoad
from doseref.regimen.model import RANK, Exposure, Item, Total, Verdict
from doseref.regimen.overlaps import effects
from doseref.reports.characters import clean
from doseref.result import Result


def many(number: int, word: str) -> str:
    """``1 error``, ``2 errors``, ``1,200 errors``."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def answer(regimen: Judged) -> str:
    """What a regimen comes to in one line: ``2 errors, 1 warning; 3 of 9 items not assessed``."""
    severities = [finding.severity for finding in regimen.findings]
    counts = [
        many(severities.count(severity), severity.word)
        for severity in (Severity.ERROR, Severity.WARNING)
        if severity in severities
    ]
    unjudged = regimen.unassessed
    care = sum(bool(item.care) for item in regimen.items)
    total = len(regimen.items) - care
    rest = (
        f"{len(unjudged):,} of {many(total, 'item')} not assessed"
        if unjudged and total > 1
        else "1 item, which is not assessed"
        if unjudged
        else f"all of {many(total, 'item')} assessed"
        if total > 1
        else "1 item assessed"
    )
    told = ([rest] if total else []) + ([f"{care} with nothing to add up"] if care else [])
    return f"{', '.join(counts) or 'no errors or warnings'}; {', '.join(told) or 'no items'}"


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
    """The word over a total: by the stated maximum that the policy picks, else by the widest range;
    INCOMPLETE where it is within and has gaps.
    """
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
        if total.substance not in item.substances:
            yield f"{n}  not counted: item {n}, whose name is not known and may mean {' or '.join(item.suggestions)}"
            continue
        what = (
            "how often it is taken is not said"
            if item.status == "partly-read"
            else "how much of it that is, is not known"
        )
        yield f"{n}  not counted: item {n} ({clean(item.matched)}); {what}"
    for n in total.partial:
        yield f"{n}  read only in part: see NOT ASSESSED"


_NUMBERED = regex(r"\s*([0-9]{1,3})[.)]\s+(?=\S)")


def written(text: str) -> str:
    """What an item's line says, without the number that a list gave it: it is not the number that it has here."""
    return clean(_NUMBERED.sub("", text, count=1) if _NUMBERED.match(text) else text)


def own_numbers(regimen: Judged) -> str:
    """That a list numbers its lines otherwise than its items are numbered here; empty where it does not."""
    for item in regimen.items:
        own = _NUMBERED.match(item.given.text)
        if own is not None and int(own[1]) != item.n:
            return f"Items have numbers of their own here: number {int(own[1])} of the list is item {item.n}."
    return ""


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
    scale = " | ".join(str(total.tell(limit)).rsplit(" ", 1)[0] for limit in limits[:3])
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
        yield f"{words}{part} {total.tell(amount)}  {places}"
    deciding = {(each.amount, place(result, each)) for each in total.judged if each.amount is not None}
    told: dict[tuple[Decimal, str], dict[str, str]] = {}
    for verdict in total.verdicts:
        if not verdict.judges and verdict.amount is not None and verdict.judgement in ("over", "possible"):
            here = (verdict.amount, place(result, verdict))
            if here not in deciding:  # the same figure of the same source is told above
                told.setdefault(here, {}).setdefault(_scope(verdict).replace("'s ", " "), _scope(verdict))
    for (figure, where), scopes in told.items():  # the uses for which a label gives one figure are one line
        yield f"for information: {', '.join(scopes.values())}: {total.tell(figure)}  {where}"


def _scope(verdict: Verdict) -> str:
    return verdict.limit.indication or verdict.limit.form or verdict.limit.population or "narrower scope"


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
    if total.amount.high < lowest:
        yield f"room for {total.tell(lowest - total.amount.high)} more {total.per.words}"
    elif total.amount.high == lowest:
        yield f"nothing more fits: that is the {'highest' if total.lenient else 'lowest'} maximum"
        return
    for exposure in total.exposures:
        if exposure.prn and total.amount.high <= lowest < total.amount.high + exposure.per_dose.high:
            yield (
                f"one more dose of item {exposure.item} ({total.tell(exposure.per_dose.high)}) would exceed "
                f"{total.tell(lowest)}"
            )


def as_of_lines(result: Result, regimen: Judged) -> Iterator[tuple[str, list[str]]]:
    """What was taken of a substance by now, and for each item when its next dose fits."""
    for each in regimen.as_of:
        most = f" of at most {each.tell(each.maximum)}" if each.maximum is not None else "; no maximum is known here"
        name = result.told(each.substance)
        lines = []
        for n, amount, wait, why in each.next_doses:
            dose = each.tell(amount.value)
            if n in each.unsaid:
                lines.append(f"item {n}: whether one more dose ({dose}) fits cannot be said ({why})")
                continue
            when = "does not fit" if wait is None else f"fits {'now' if wait == 0 else f'from {each.clock(wait)}'}"
            lines.append(f"item {n}: one more dose ({dose}) {when}{f' ({why})' if why != 'now' else ''}")
        if each.untold and len(each.next_doses) > 1:
            word = "item" if len(each.untold) == 1 else "items"
            lines.append(f"of {word} {' and '.join(map(str, each.untold))} nothing is told as taken: counted as none")
        if len([wait for _, _, wait, _ in each.next_doses if wait is not None]) > 1:
            lines.append("each item is asked about on its own: taking one may put off the others")
        yield f"AS OF {each.now}  {name}: {each.tell(each.taken.value)} taken in the last 24 hours{most}", lines


def no_effects_known(result: Result, regimen: Judged) -> list[str]:
    """Names of the substances of which the data list no side effect: for these, silence says nothing."""
    named = dict.fromkeys(s for item in regimen.items for s in item.substances)
    return [result.told(s) for s in named if not effects(s, result.data)]


def unread(item: Item) -> bool:
    """Whether an item gave nothing to judge."""
    return item.status == "unread"
