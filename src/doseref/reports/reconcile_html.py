"""``reconcile`` as one HTML file that works offline: an overview of substance × source, and each substance in detail.

No script, no font, no image, no request: opened from a disk it is complete. Every mark is a sign and a word, colour
only comes on top; the headings, the tables' headers and the contrast are made for screen readers and for print.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from doseref.articles.attributes import timing_words
from doseref.articles.compare import Group
from doseref.articles.values import Attribute
from doseref.checks.article.run import Reconciliation
from doseref.findings import Finding
from doseref.refdata import Reference
from doseref.reports import reconcile_filters
from doseref.reports.page import TEMPLATES
from doseref.reports.page import render as page
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

_SEVERITY = {"error": "bad", "warning": "warn", "info": "soft"}


def render(result: Reconciliation, reference: Reference, *, title: str = "Where the articles disagree") -> str:
    """The whole page. ``title`` is its heading."""
    sources = sorted({statement.source for statement in result.statements})
    groups = ordered(result)
    named = [(source, source_name(source, reference)) for source in sources]
    marks = [
        f"one {reconcile_filters.classes(number, group, findings_of(result, group), sources)}"
        for number, group in enumerate(groups, 1)
    ]
    body = [
        f"<h1>{escape(title)}</h1>",
        (
            f"<p>{escape(count_words(result))}. Figures are for adults unless they say otherwise; nothing here says "
            "which article is right.</p>"
        ),
        _cards(result),
        reconcile_filters.form(groups, named),
        _overview(groups, marks, sources, reference, result.findings),
        (
            "<h2 id='details'>Substance by substance</h2><p class='onpaper'>On paper only those with a finding; the "
            "overview has the figures of all.</p>"
        ),
        *(
            _substance(group, mark, findings_of(result, group), sources, reference)
            for group, mark in zip(groups, marks, strict=True)
        ),
        _loose(result.findings),
        _stale(result.stale),
    ]
    return page(
        "reconcile.html.j2",
        title=title,
        data=reference.described,
        body=_clean("".join(body)),
        more_style=(TEMPLATES / "reconcile.css").read_text(encoding="utf-8") + reconcile_filters.style(groups, named),
    )


def _clean(html: str) -> str:
    """The page without control characters and marks of direction, which no text of an article may bring in."""
    return (
        html
        if html.replace("\n", "").isprintable()
        else "".join(c if c.isprintable() or c == "\n" else " " for c in html)
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
        "<ul class='counts'>"
        + "".join(f"<li><b class='{tone}'>{summary[key]}</b>{word}</li>" for key, word, tone in parts)
        + "</ul>"
    )


def _overview(
    groups: Sequence[Group],
    marks: Sequence[str],
    sources: Sequence[str],
    reference: Reference,
    findings: Sequence[Finding],
) -> str:
    head = "".join(f"<th scope='col'>{escape(source_name(source, reference))}</th>" for source in sources)
    rows = []
    for group, mark in zip(groups, marks, strict=True):
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
            f"<tr class='{mark}{' conflict' if relation == 'conflict' else ''}'><th scope='row'><a "
            f"href='#{_anchor(group.substance)}'>{escape(group.substance)}</a></th>"
            f"<td>{_relation(relation)}{count}</td>{''.join(parts)}</tr>"
        )
    return (
        "<div id='results'></div><h2 id='overview'>Overview</h2><p class='soft'><span aria-hidden='true'>≠</span> in "
        "conflict, <span aria-hidden='true'>~</span> "
        "compatible (one inside the other, or one silent), <span aria-hidden='true'>=</span> the same in all. Each "
        "cell shows the amount per day, else the dose.</p>"
        "<div class='scroll' role='region' aria-labelledby='overview' tabindex='0'><table class='overview'><thead><tr>"
        "<th scope='col'>Substance</th><th "
        f"scope='col'>Together</th>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _worst(group: Group) -> str:
    relations = {attribute.relation for attribute in group.attributes if attribute.name not in ("side-effects",)}
    return "conflict" if "conflict" in relations else "compatible" if "compatible" in relations else "agree"


def _relation(relation: str) -> str:
    tone = {"conflict": "bad", "agree": "good"}.get(relation, "soft")
    return f"<span class='rel {tone}'><span class='mark' aria-hidden='true'>{MARKS[relation]}</span>{relation}</span>"


def _overview_cell(group: Group, source: str) -> str:
    """The figures of one source that matter most: those in conflict, else the daily amount,
    the dose and the maximum.
    """
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


def _substance(group: Group, mark: str, found: Sequence[Finding], sources: Sequence[str], reference: Reference) -> str:
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
            f"<tr{' class=conflict' if conflict else ''}><th "
            f"scope='row'>{escape(attribute_word(attribute.name))}<br>{_relation(attribute.relation)}</th>{tds}</tr>"
        )
    quotes = "".join(f"<li>{_quote(statement, reference)}</li>" for statement in group.statements)
    table = (
        f"<div class='scroll detail' role='region' aria-label='{escape(group.substance, quote=True)}, attribute by "
        "source' tabindex='0'><table><thead><tr>"
        f"<th scope='col'>Attribute</th>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )
    inner = f"{table}<h4 class='skip'>As written</h4><ul>{quotes}</ul>"
    return (
        f"<article id='{_anchor(group.substance)}' class='{mark}{'' if found else ' quiet'}'>"
        f"<h3>{escape(group.substance)}</h3>"
        f"{''.join(_finding(each) for each in found)}"
        f"<details{' open' if found else ''}><summary>All figures and quotations</summary>{inner}</details>"
        "<p class='back'><a href='#overview'>Back to the overview</a></p></article>"
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
    timing = f"; {escape(', '.join(map(timing_words, statement.timing)))}" if statement.timing else ""
    return f"{link}, {escape(statement.name)}: <q>{escape(statement.dosage_text)}</q>{timing}"


def _finding(found: Finding) -> str:
    tone = _SEVERITY[found.severity.word]
    mend = f"<p class='soft'>{escape(found.mend)}.</p>" if found.mend else ""
    return (
        f"<div class='finding {found.severity.word}'><p><strong class='{tone}'>{found.severity.word} "
        f"{found.code}</strong> {escape(found.message)}</p>{mend}</div>"
    )


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
