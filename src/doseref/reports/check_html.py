"""A judged regimen as one HTML file: no script, no font, no image, no request; complete when opened from a disk.

The verdict is a word and a sign, colour only comes on top. Tables have captions and headers for screen readers; it prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from doseref.api import SCOPE, Result
from doseref.findings import Finding
from doseref.regimen.model import Judged, Total, Verdict
from doseref.reports.check_tables import amount_of, limit_of, substance_of, unjudged_amount
from doseref.reports.check_text import (
    gap_lines,
    headroom,
    item_name,
    load_words,
    place,
    verdict_lines,
    verdict_words,
    word_of,
)

_STYLE = """
:root{color-scheme:light dark;--bg:#fff;--ink:#1b1f24;--soft:#57606a;--line:#c9d1d9;--head:#f3f5f7;--bad:#a40e26;--warn:#7a4e00;--good:#0a5c2b;--link:#0b57a4}
@media (prefers-color-scheme:dark){:root{--bg:#12161b;--ink:#e6edf3;--soft:#a8b3bd;--line:#3d444d;--head:#1c2229;--bad:#ffa198;--warn:#f0c75e;--good:#7ee2a0;--link:#8cc4ff}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:70rem;background:var(--bg);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.2}h2{font-size:1.3rem;margin:2rem 0 .5rem}h3{font-size:1.1rem;margin:1.5rem 0 .5rem}
a{color:var(--link)}a:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999rem}.skip:focus{position:static}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9375rem;overflow-wrap:normal}
caption{text-align:left;color:var(--soft);padding:.3rem 0}
th,td{border-bottom:1px solid var(--line);padding:.35rem .6rem;text-align:left;vertical-align:top}
thead th{background:var(--head)}.soft{color:var(--soft)}
.bad{color:var(--bad);font-weight:700}.warn{color:var(--warn);font-weight:700}.good{color:var(--good);font-weight:600}
section.total{border:1px solid var(--line);border-radius:.3rem;padding:0 1rem 1rem;margin:1rem 0}
li{margin:.25rem 0}.figure{white-space:nowrap}
@media print{section.total{break-inside:avoid}}
"""

_WORDS = {
    "OVER": ("bad", "✖"),
    "MAY EXCEED": ("warn", "▲"),
    "ABOVE RANGE": ("warn", "▲"),
    "MAY EXCEED RANGE": ("warn", "▲"),
    "WITHIN": ("good", "✔"),
    "INCOMPLETE": ("warn", "?"),
}
_SEVERITY = {"error": ("bad", "✖"), "warning": ("warn", "▲"), "info": ("soft", "ℹ")}
_JUDGED = {"over": "bad", "possible": "warn", "within": "good", "not-assessed": "soft"}


def render(result: Result) -> str:
    """The whole page; every text is escaped."""
    counts = result.summary()
    several = len(result.regimens) > 1
    told = ", ".join(
        _counted(counts[key], word)
        for key, word in (("regimens", "person"), ("items", "item"), ("errors", "error"), ("warnings", "warning"))
    )
    body = [
        "<h1>Regimen check</h1>",
        f"<p>{_text(told)}; {counts['not_assessed']} not assessed. Limits are for {_text(SCOPE)}. Policy: {_text(result.policy)}.</p>",
        _contents(result.regimens) if several else "",
        *(_regimen(result, regimen, number, several) for number, regimen in enumerate(result.regimens, start=1)),
    ]
    return (
        "<!DOCTYPE html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'>\n<meta name='viewport' content='width=device-width, initial-scale=1'>\n"
        "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>Regimen check: {_text(told)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<a class='skip' href='#p1'>Skip to the results</a>\n"
        f"<main>\n{''.join(body)}\n</main>\n<footer><p class='soft'>Made by doseref, data {_text(result.data.described)}. "
        "A reference checker for people who can judge the basis; no medical advice.</p></footer>\n</body>\n</html>\n"
    )


def _text(text: str) -> str:
    """Text of a user: escaped, without control characters, and with its own direction of writing kept apart."""
    return escape("".join(char if char.isprintable() else " " for char in text), quote=True)


def _counted(number: int, word: str) -> str:
    many = "people" if word == "person" else f"{word}s"
    return f"{number:,} {word if number == 1 else many}"


def _contents(regimens: Sequence[Judged]) -> str:
    entries = "".join(
        f"<li><a href='#p{number}'>{_text(each.id or 'unnamed')}</a></li>"
        for number, each in enumerate(regimens, start=1)
    )
    return f"<nav aria-label='People'><ul>{entries}</ul></nav>"


def _regimen(result: Result, regimen: Judged, number: int, several: bool) -> str:
    title = regimen.id or ("unnamed" if several else "Results")
    parts = [
        f"<section id='p{number}' aria-labelledby='h{number}'>\n<h2 id='h{number}'><bdi>{_text(title)}</bdi></h2>",
        _findings(regimen.findings),
        *(_total(result, regimen, total) for total in regimen.totals if total.judged),
        _loads(result, regimen),
        _not_assessed(result, regimen),
        _shared(result, regimen),
        _items(result, regimen),
        "</section>",
    ]
    return "\n".join(part for part in parts if part)


def _findings(findings: Iterable[Finding]) -> str:
    entries = []
    for finding in findings:
        css, sign = _SEVERITY[finding.severity.word]
        mend = f" <span class='soft'>— {_text(finding.mend)}</span>" if finding.mend else ""
        entries.append(
            f"<li><span class='{css}'><span aria-hidden='true'>{sign}</span> {finding.severity.word}</span> "
            f"{_text(finding.code)} <bdi>{_text(finding.message)}</bdi>{mend}</li>"
        )
    return f"<h3>Findings</h3>\n<ul>{''.join(entries)}</ul>" if entries else "<p>No findings.</p>"


def _total(result: Result, regimen: Judged, total: Total) -> str:
    word = word_of(total)
    css, sign = _WORDS[word]
    verdicts = [
        [_words(total, v), limit_of(total, v), place(result, v)]
        for v in total.verdicts
        if v.judges and v.judgement != "not-assessed"
    ]
    rows = "".join(
        f"<tr><td><span class='{_css(total, v)}'>{_text(words)}</span></td><td class='figure'>{_text(limit)}</td><td>{_text(where)}</td></tr>"
        for v, (words, limit, where) in zip(total.judged, verdicts, strict=True)
    )
    working = "".join(
        f"<li><bdi>Item {exposure.item}, {_text(item_name(regimen, exposure))}</bdi>: {_text(exposure.working)}</li>"
        for exposure in total.exposures
    )
    # Limits of a narrower scope do not judge, but are told where the total is above them.
    told = [line for line in verdict_lines(result, total) if line.startswith("for information")]
    room = "".join(
        f"<p>{_text(line[:1].upper() + line[1:])}.</p>"
        for line in (*told, *gap_lines(regimen, total), *headroom(result, regimen, total))
    )
    return (
        f"<section class='total'><h3><span class='{css}'><span aria-hidden='true'>{sign}</span> {word}</span> "
        f"{_text(substance_of(result, total))}: {_text(amount_of(total))}</h3>\n"
        + _table(
            _for(regimen, f"Verdict of each source: {substance_of(result, total)}, {amount_of(total)}"),
            ("Verdict", "Limit", "Source"),
            rows,
        )
        + f"<p>Working</p><ul>{working}</ul>{room}</section>"
    )


def _loads(result: Result, regimen: Judged) -> str:
    """Products against their own labels."""
    if not regimen.loads:
        return ""
    entries = []
    for load in regimen.loads:
        word, amount, limit = load_words(result, load)
        css, sign = _WORDS[word]
        entries.append(
            f"<li><span class='{css}'><span aria-hidden='true'>{sign}</span> {word}</span> <bdi>{_text(amount)}</bdi>; {_text(limit)}</li>"
        )
    return f"<h3>Limits of the products themselves</h3>\n<ul>{''.join(entries)}</ul>"


def _css(total: Total, verdict: Verdict) -> str:
    """Nothing green about being within what is counted so far."""
    return "soft" if total.gaps and verdict.judgement == "within" else _JUDGED[verdict.judgement]


def _words(total: Total, verdict: Verdict) -> str:
    words = verdict_words(verdict.judgement, verdict.limit.basis, any(exposure.prn for exposure in total.exposures))
    if total.gaps and verdict.judgement == "within":
        words = f"so far {words}"
    return words.removesuffix(" to")  # the limit stands in a column of its own


def _for(regimen: Judged, caption: str) -> str:
    """A table's caption with the person it is about: each must be told from the others by its name alone."""
    return f"{caption} ({regimen.id})" if regimen.id else caption


def _table(caption: str, header: Sequence[str], rows: str) -> str:
    heads = "".join(f"<th scope='col'>{_text(name)}</th>" for name in header)
    return (
        f"<div class='scroll' tabindex='0' role='region' aria-label='{_text(caption)}'><table><caption>{_text(caption)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>\n"
    )


def _row(cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<td><bdi>{_text(cell)}</bdi></td>" for cell in cells) + "</tr>"


def _not_assessed(result: Result, regimen: Judged) -> str:
    rows = "".join(
        _row((", ".join(map(str, numbers)), what, unjudged_amount(result, regimen, numbers, what), reason))
        for numbers, what, reason in regimen.not_assessed
    )
    return (
        "<h3>Not assessed</h3>\n"
        + _table(_for(regimen, "What was not assessed, and why"), ("Items", "What", "Total", "Why"), rows)
        if rows
        else ""
    )


def _shared(result: Result, regimen: Judged) -> str:
    rows = "".join(
        _row((o.label, ", ".join(map(result.data.name_of, o.substances)), ", ".join(map(str, o.items))))
        for o in regimen.overlaps
    )
    header = ("Side effect", "Substances", "Items")
    return (
        "<h3>Shared side effects</h3>\n"
        + _table(_for(regimen, "Side effects that two or more substances share"), header, rows)
        if rows
        else ""
    )


def _items(result: Result, regimen: Judged) -> str:
    rows = "".join(
        _row((
            str(item.n), item.given.text, item.status, item.product.label if item.product else ", ".join(map(result.data.name_of, item.substances)),
            item.given.place,
        ))
        for item in regimen.items
    )  # fmt: skip
    return "<h3>Items</h3>\n" + _table(
        _for(regimen, "Items as written, and how they were read"), ("Item", "Text", "Read", "Taken for", "From"), rows
    )
