"""``reconcile`` as one HTML file that works offline: an overview of substance × source, and each substance in detail.

No script, no font, no image, no request: opened from a disk it is complete. Every mark is a sign and a word, colour only
comes on top; the headings, the tables' headers and the contrast are made for screen readers and for print.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from doseref.articles.compare import Group
from doseref.articles.values import Attribute
from doseref.checks.article.run import Reconciliation
from doseref.findings import Finding
from doseref.refdata import Reference
from doseref.reports.reconcile_rows import (
    MARKS,
    Cell,
    attribute_word,
    cells,
    count_words,
    findings_of,
    ordered,
    source_name,
)
from doseref.statements import Statement

_STYLE = """
:root{color-scheme:light dark;--bg:#fff;--ink:#1b1f24;--soft:#57606a;--line:#c9d1d9;--head:#f3f5f7;--bad:#a40e26;--badbg:#ffebe9;--warn:#7a4e00;--warnbg:#fff4d6;--good:#0a5c2b;--link:#0b57a4}
@media (prefers-color-scheme:dark){:root{--bg:#12161b;--ink:#e6edf3;--soft:#a8b3bd;--line:#3d444d;--head:#1c2229;--bad:#ffa198;--badbg:#3c1417;--warn:#f0c75e;--warnbg:#332701;--good:#7ee2a0;--link:#8cc4ff}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:76rem;background:var(--bg);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:break-word}
h1{font-size:1.6rem;line-height:1.2;margin:.5rem 0}h2{font-size:1.25rem;margin:2rem 0 .5rem}h3{font-size:1.1rem;margin:0}
a{color:var(--link)}a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.soft{color:var(--soft)}.skip{position:absolute;left:-999rem}.skip:focus{position:static}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:.3rem}
table{border-collapse:collapse;width:100%;font-size:.9375rem}
th,td{border-bottom:1px solid var(--line);padding:.4rem .6rem;text-align:left;vertical-align:top}
thead th{background:var(--head);white-space:nowrap}tbody th{font-weight:600}
.overview tbody th{position:sticky;left:0;background:var(--bg);min-width:11.5rem;max-width:14rem}
.overview td{min-width:9rem}
.v{display:block}.v.bad,.v.bad a{color:var(--bad);font-weight:600}
.rel{white-space:nowrap}.mark{display:inline-block;min-width:1.1em}
.bad{color:var(--bad)}.warn{color:var(--warn)}.good{color:var(--good)}
tr.conflict>th,tr.conflict>td{background:var(--badbg)}
article{border:1px solid var(--line);border-radius:.3rem;padding:1rem;margin:1rem 0}
.finding{border-left:.3rem solid var(--line);padding:.3rem .8rem;margin:.6rem 0}
.finding.error{border-color:var(--bad)}.finding.warning{border-color:var(--warn)}
.finding p{margin:.2rem 0}q{quotes:"“" "”"}
details{margin:.6rem 0}summary{cursor:pointer;padding:.3rem 0}
.cards{display:flex;flex-wrap:wrap;gap:.6rem;padding:0;list-style:none;margin:1rem 0}
.cards li{border:1px solid var(--line);border-radius:.3rem;padding:.4rem .8rem}.cards b{font-size:1.3rem;display:block}
@media (max-width:40rem){body{padding:.75rem}
.scroll table,.scroll tbody,.scroll tr,.scroll td,.scroll th{display:block}.scroll thead{position:absolute;left:-999rem}
.scroll td::before{content:attr(data-source);display:block;font-size:.8125rem;color:var(--soft)}.scroll td:empty,.scroll td.silent{display:none}
.overview tbody th{position:static;max-width:none}.overview td{min-width:0}
.scroll tr{border-bottom:2px solid var(--line);padding:.3rem 0}.scroll th,.scroll td{border:0;padding:.2rem .6rem}}
@media print{details>*{display:block}article{break-inside:avoid}}
"""

_SEVERITY = {"error": "bad", "warning": "warn", "info": "soft"}


def render(result: Reconciliation, reference: Reference, *, title: str = "Where the articles disagree") -> str:
    """The whole page. ``title`` is its heading."""
    sources = sorted({statement.source for statement in result.statements})
    groups = ordered(result)
    body = [
        f"<h1>{escape(title)}</h1>",
        f"<p>{escape(count_words(result))}. Figures are for adults unless they say otherwise; nothing here says which article is right.</p>",
        _cards(result),
        _overview(groups, sources, reference, result.findings),
        "<h2 id='details'>Substance by substance</h2>",
        *(_substance(group, findings_of(result, group), sources, reference) for group in groups),
        _loose(result.findings),
        _stale(result.stale),
    ]
    return (
        "<!DOCTYPE html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'>\n<meta name='viewport' content='width=device-width, initial-scale=1'>\n"
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<a class='skip' href='#details'>Skip to the substances</a>\n"
        f"<main>\n{''.join(body)}\n</main>\n<footer><p class='soft'>Made by doseref, data {escape(reference.described)}. "
        "A reference checker for people who can judge the basis; no medical advice.</p></footer>\n</body>\n</html>\n"
    )


def _cards(result: Reconciliation) -> str:
    summary = result.to_json()["summary"]
    parts = (
        ("errors", "errors", "bad"),
        ("warnings", "warnings", "warn"),
        ("infos", "notes", "soft"),
        ("conflict", "figures in conflict", "bad"),
        ("agree", "agree", "good"),
        ("compatible", "compatible", "soft"),
    )
    return (
        "<ul class='cards'>"
        + "".join(f"<li><b class='{tone}'>{summary[key]}</b>{word}</li>" for key, word, tone in parts)
        + "</ul>"
    )


def _overview(
    groups: Sequence[Group], sources: Sequence[str], reference: Reference, findings: Sequence[Finding]
) -> str:
    head = "".join(f"<th scope='col'>{escape(source_name(source, reference))}</th>" for source in sources)
    rows = []
    for group in groups:
        relation = _worst(group)
        told = sum(group.substance in found.substances for found in findings)
        count = f"<br><span class='soft'>{told} finding{'' if told == 1 else 's'}</span>" if told else ""
        parts = []
        for source in sources:
            silent = not any(statement.source == source for statement in group.statements)
            name = escape(source_name(source, reference), quote=True)
            parts.append(
                f"<td{' class=silent' if silent else ''} data-source='{name}'>{_overview_cell(group, source)}</td>"
            )
        rows.append(
            f"<tr{' class=conflict' if relation == 'conflict' else ''}><th scope='row'><a href='#{_anchor(group.substance)}'>{escape(group.substance)}</a></th>"
            f"<td>{_relation(relation)}{count}</td>{''.join(parts)}</tr>"
        )
    return (
        "<h2 id='overview'>Overview</h2><p class='soft'><span aria-hidden='true'>≠</span> in conflict, <span aria-hidden='true'>~</span> "
        "compatible (one inside the other, or one silent), <span aria-hidden='true'>=</span> the same in all. Each cell shows the amount per day, else the dose.</p>"
        "<div class='scroll' role='region' aria-labelledby='overview' tabindex='0'><table class='overview'><thead><tr>"
        f"<th scope='col'>Substance</th><th scope='col'>Together</th>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _worst(group: Group) -> str:
    relations = {attribute.relation for attribute in group.attributes if attribute.name not in ("side-effects",)}
    return "conflict" if "conflict" in relations else "compatible" if "compatible" in relations else "agree"


def _relation(relation: str) -> str:
    tone = {"conflict": "bad", "agree": "good"}.get(relation, "soft")
    return f"<span class='rel {tone}'><span class='mark' aria-hidden='true'>{MARKS[relation]}</span>{relation}</span>"


def _overview_cell(group: Group, source: str) -> str:
    """The figures of one source that matter most: those in conflict, else the daily amount, the dose and the maximum."""
    shown: list[str] = []
    own = [
        (attribute, cell)
        for attribute in group.attributes
        for cell in cells(attribute)
        if cell.statement.source == source
    ]
    if not any(statement.source == source for statement in group.statements):
        return "<span class='soft'>–<span class='skip'> says nothing</span></span>"
    for attribute, cell in own:
        if cell.conflict:
            shown.append(
                f"<span class='v bad'><span aria-hidden='true'>≠ </span>{escape(_short(attribute, cell))}</span>"
            )
    names = {attribute.name for attribute, _ in own}
    first = "daily" if "daily" in names else "dose" if "dose" in names else "frequency"
    for attribute, cell in own:
        if attribute.name in (first, "maximum") and not cell.conflict:
            shown.append(f"<span class='v'>{escape(_short(attribute, cell))}</span>")
    return "".join(dict.fromkeys(shown)) or "<span class='soft'>no figure</span>"


def _short(attribute: Attribute, cell: Cell) -> str:
    return f"max {cell.text}" if attribute.name == "maximum" else cell.text


def _substance(group: Group, found: Sequence[Finding], sources: Sequence[str], reference: Reference) -> str:
    own = [source for source in sources if source in group.sources]
    head = "".join(f"<th scope='col'>{escape(source_name(source, reference))}</th>" for source in own)
    rows = []
    for attribute in group.attributes:
        conflict = attribute.relation == "conflict"
        tds = "".join(
            f"<td data-source='{escape(source_name(source, reference), quote=True)}'>"
            + "".join(_value(cell) for cell in cells(attribute) if cell.statement.source == source)
            + "</td>"
            for source in own
        )
        rows.append(
            f"<tr{' class=conflict' if conflict else ''}><th scope='row'>{escape(attribute_word(attribute.name))}<br>{_relation(attribute.relation)}</th>{tds}</tr>"
        )
    quotes = "".join(f"<li>{_quote(statement, reference)}</li>" for statement in group.statements)
    table = (
        f"<div class='scroll detail' role='region' aria-label='{escape(group.substance, quote=True)}, attribute by source' tabindex='0'><table><thead><tr>"
        f"<th scope='col'>Attribute</th>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )
    inner = f"{table}<h4 class='skip'>As written</h4><ul>{quotes}</ul>"
    return (
        f"<article id='{_anchor(group.substance)}'><h3>{escape(group.substance)}</h3>{''.join(_finding(each) for each in found)}"
        f"<details{' open' if found else ''}><summary>All figures and quotations</summary>{inner}</details>"
        "<p><a href='#overview'>Back to the overview</a></p></article>"
    )


def _value(cell: Cell) -> str:
    mark = "<span aria-hidden='true'>≠ </span><span class='skip'>in conflict: </span>" if cell.conflict else ""
    return f"<span class='v{' bad' if cell.conflict else ''}'>{mark}{escape(cell.text)}</span>"


def _quote(statement: Statement, reference: Reference) -> str:
    where = statement.cell or f"line {statement.line}"
    label = escape(f"{source_name(statement.source, reference)} {where}")
    path = statement.path
    target = (
        f"{quote(path)}#L{statement.line}"
        if path and path != "-" and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", path)
        else ""
    )
    link = f"<a href='{escape(target, quote=True)}'>{label}</a>" if target else label
    timing = f"; {escape(', '.join(statement.timing))}" if statement.timing else ""
    return f"{link}, {escape(statement.name)}: <q>{escape(statement.dosage_text)}</q>{timing}"


def _finding(found: Finding) -> str:
    tone = _SEVERITY[found.severity.word]
    mend = f"<p class='soft'>{escape(found.mend)}.</p>" if found.mend else ""
    return f"<div class='finding {found.severity.word}'><p><strong class='{tone}'>{found.severity.word} {found.code}</strong> {escape(found.message)}</p>{mend}</div>"


def _loose(findings: Sequence[Finding]) -> str:
    loose = [found for found in findings if not found.substances]
    if not loose:
        return ""
    items = "".join(
        f"<li><strong>{found.code}</strong> {escape(found.message)} ({escape(str(found.locations[0]))})</li>"
        for found in loose
        if found.locations
    )
    return f"<h2>Not compared</h2><ul>{items}</ul>"


def _stale(stale: Sequence[str]) -> str:
    if not stale:
        return ""
    return "<h2>No longer found</h2><ul>" + "".join(f"<li>{escape(message)}</li>" for message in stale) + "</ul>"


def _anchor(substance: str) -> str:
    return "s-" + "".join(char if char.isascii() and char.isalnum() else "-" for char in substance.lower())
