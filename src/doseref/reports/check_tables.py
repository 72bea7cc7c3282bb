"""A judged regimen as tables: CSV, Markdown and a workbook. Text of a user stays text: no formula, no markup."""

from __future__ import annotations

import csv as csv_module
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from doseref.findings import Finding, Severity
from doseref.outcome_rows import finding_cells, item_cells, unassessed_cells
from doseref.quantities import Amount, printed
from doseref.regimen.judged import Judged
from doseref.regimen.model import Total, Verdict
from doseref.regimen.tally import Tally
from doseref.regimen.totals import covered
from doseref.reports import sheets
from doseref.reports.check_words import answer, gap_lines, headroom, item_name, load_words, many, verdict_lines, word_of
from doseref.reports.sheets import WorkbookSheet, inert
from doseref.result import Result, printed_there, scope_words
from doseref.units import printed as unit_word

HEADER = tuple(
    (
        "person|kind|substance|route|low|high|unit|per|items|at worst|source|line|statement|limit|limit unit|"
        "basis|verdict|judges|reason|working|text|status|severity|code|message|to do"
    ).split("|")
)
"""Columns of the CSV: a row per item, per total and limit, per thing not assessed and per finding, as ``kind`` says."""

PIECE = 100_000
"""Characters of a piece of CSV, about."""

SheetRow = dict[str, Any]

_SPECIAL = "\\&`*_{}[]<>#|~!"
"""What Markdown (or the HTML in it) would take for more than a character."""


def rows(result: Result, regimens: Iterable[Judged] | None = None) -> Iterator[tuple[Any, ...]]:
    """The rows under :data:`HEADER`, person by person: items, totals, what was not assessed, findings.

    Figures are ``Decimal``, a missing cell is ``None``. ``regimens``: others than those that the result holds.
    """
    for row in _all_rows(result, result.regimens if regimens is None else regimens):
        yield tuple(row.get(name) for name in HEADER)


def total_rows(result: Result) -> Iterator[tuple[Any, ...]]:
    """The rows of totals and of what was not assessed alone, for a sheet beside those of items and findings."""
    for row in _all_rows(result, result.regimens):
        if row["kind"] not in ("item", "finding"):
            yield tuple(row.get(name) for name in TOTALS_HEADER)


TOTALS_HEADER = HEADER[: HEADER.index("text")]


def _all_rows(result: Result, regimens: Iterable[Judged]) -> Iterator[SheetRow]:
    for regimen in regimens:
        for item in regimen.items:
            yield {"person": regimen.id, **item_cells(item, result.told)}
        for total in regimen.totals:
            for cells in _total_rows(result, regimen, total):
                yield dict(zip(HEADER, cells, strict=False))
        for numbers, what, reason in regimen.not_assessed:
            if unjudged_amount(result, regimen, numbers, what):
                continue  # the rows of that total say it, with its amount
            yield {"person": regimen.id, **unassessed_cells(numbers, what, reason)}
        for finding in regimen.findings:
            substances = ", ".join(map(result.renamed, finding.substances))
            told = {
                "substance": substances,
                "source": _names(result, finding),
                "working": finding.working,
                "to do": finding.mend,
            }
            yield {"person": regimen.id, **finding_cells(finding), **told}


def _total_rows(result: Result, regimen: Judged, total: Total) -> Iterator[tuple[Any, ...]]:
    working = "; ".join(
        f"{exposure.item} {item_name(regimen, exposure)}: {exposure.working}" for exposure in total.exposures
    )
    head = (
        regimen.id or "",
        "total" if total.judged else "not assessed",
        result.told(total.substance),
        total.route,
        total.amount.low,
        total.amount.high,
        unit_word(total.amount.unit),
        str(total.per),
        ", ".join(map(str, total.items)),
        total.when,
    )
    for verdict in map(total.told, total.verdicts):
        limit = verdict.limit
        amount = verdict.amount if verdict.amount is not None else limit.amount
        unit = total.amount.unit if verdict.amount is not None else limit.unit
        yield (
            *head,
            _source(result, verdict),
            limit.line or None,
            limit.statement,
            amount,
            unit_word(unit) if unit else "",
            limit.basis,
            verdict.judgement,
            "yes" if verdict.judges else "no",
            verdict.reason,
            working,
        )
    if not total.judged:
        yield (*head, "", None, "", None, "", "", "not-assessed", "", total.reason, working)


def _source(result: Result, verdict: Verdict) -> str:
    source = result.data.sources.get(verdict.limit.source)
    return source.short if source else verdict.limit.source


@printed_there
def csv(result: Result) -> str:
    """The rows as CSV with a header. Figures have no thousands commas, so that they stay figures in a spreadsheet."""
    return "".join(csv_pieces(result, result.regimens))


def csv_pieces(result: Result, regimens: Iterable[Judged]) -> Iterator[str]:
    """The same of ``regimens``, row by row."""
    out = io.StringIO()
    writer = csv_module.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for row in rows(result, regimens):
        writer.writerow([_csv_cell(value) for value in row])
        if out.tell() > PIECE:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return printed(value).replace(",", "")
    return inert(str(value))


@printed_there
def markdown(result: Result) -> str:
    """A report for a pull request or a note: per person the totals, what was not assessed, the findings."""
    tally = Tally(result.data, result.bench)
    return "".join(markdown_pieces(result, result.regimens, tally, len(result.regimens) > 1))


def markdown_pieces(result: Result, regimens: Iterable[Judged], tally: Tally, several: bool) -> Iterator[str]:
    """The same of ``regimens``, person by person; ``tally`` counts them as they pass."""
    for regimen in tally.over(regimens):
        lines = [f"## {plain(regimen.id or 'unnamed')}", ""] if regimen.id is not None or several else []
        lines += _markdown_regimen(result, regimen)
        yield "".join(f"{line}\n" for line in lines)
    counts = tally.summary()
    yield (
        f"{many(counts['items'], 'item')}, {many(counts['errors'], 'error')}, {many(counts['warnings'], 'warning')}, "
        f"{tally.unassessed:,} of {many(counts['items'], 'item')} not assessed. "
        f"Limits are for {scope_words(tally.outside)}. Policy: {plain(result.policy)}. "
        f"Data {plain(result.data.described)}.\n"
    )


def _markdown_regimen(result: Result, regimen: Judged) -> Iterator[str]:
    """The answer first, what was found, then the proof, what only informs last."""
    yield from (f"{_capital(answer(regimen))}.", "")
    if regimen.patient and regimen.patient.words:
        yield from (f"Person: {plain(regimen.patient.words)}.", "")
    yield from _markdown_findings("Findings", [f for f in regimen.findings if f.severity > Severity.INFO])
    judged = [total for total in regimen.totals if total.judged]
    if judged:
        yield from ("### Totals", "")
        yield from _table(
            ("", "Substance", "Total", "Limits", "Working"),
            (
                (
                    word_of(total),
                    substance_of(result, total),
                    amount_of(total),
                    list(verdict_lines(result, total)),
                    [*working_of(regimen, total), *gap_lines(regimen, total), *headroom(result, regimen, total)],
                )
                for total in judged
            ),
        )
    if regimen.loads:
        yield from ("### Limits of the products themselves", "")
        yield from _table(("", "Product", "Limit"), (load_words(result, load) for load in regimen.loads))
    if regimen.not_assessed:
        yield from ("### Not assessed", "")
        yield from _table(
            ("Items", "What", "Total", "Why"),
            (
                (", ".join(map(str, numbers)), what, unjudged_amount(result, regimen, numbers, what), reason)
                for numbers, what, reason in regimen.not_assessed
            ),
        )
    if regimen.overlaps:
        yield from ("### Shared side effects", "")
        yield from _table(
            ("Side effect", "Substances", "Items"),
            (
                (o.label, ", ".join(map(result.told, o.substances)), ", ".join(map(str, o.items)))
                for o in regimen.overlaps
            ),
        )
    yield from _markdown_findings("Notes", [f for f in regimen.findings if f.severity is Severity.INFO])


def _markdown_findings(title: str, findings: Sequence[Finding]) -> Iterator[str]:
    if findings:
        yield from (f"### {title}", "")
        yield from _table(
            ("Severity", "Rule", "Message", "To do"),
            (
                (finding.severity.word, f"{finding.code} {finding.rule}", finding.message, finding.mend)
                for finding in findings
            ),
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _table(header: Sequence[str], body: Any) -> Iterator[str]:
    yield "| " + " | ".join(header) + " |"
    yield "|" + " --- |" * len(header)
    for row in body:
        yield (
            "| "
            + " | ".join("<br>".join(map(plain, cell)) if isinstance(cell, list) else plain(cell) for cell in row)
            + " |"
        )
    yield ""


def plain(text: str) -> str:
    """Text that Markdown shows as it is: no pipe ends a cell, no sign is markup, no line break ends a row."""
    spaced = "".join(char if char.isprintable() else " " for char in text)
    for char in _SPECIAL:
        if char == "\\" or char in spaced:
            spaced = spaced.replace(char, "&lt;" if char == "<" else f"\\{char}")
    # A bare address would become a link.
    return spaced.replace("://", ":\u200b//").replace("www.", "www\u200b.")


def substance_of(result: Result, total: Total) -> str:
    """The substance, with its route where that is not systemic."""
    name = result.told(total.substance)
    return name if total.route == "systemic" else f"{name} ({total.route})"


def amount_of(total: Total) -> str:
    """``4,000 to 5,950 mg in 24 hours``, with the phase in which it is worst; "at least" where it has gaps."""
    return total.stated + (f", at worst: {total.when}" if total.when else "")


def unjudged_amount(result: Result, regimen: Judged, numbers: tuple[int, ...], what: str) -> str:
    """The total that belongs to an entry of ``not_assessed``; empty where the entry is about an item that was not
    read.
    """
    same = [
        t
        for t in regimen.totals
        if not t.judged and not covered(t, regimen.totals) and t.items == numbers and substance_of(result, t) == what
    ]
    return amount_of(same[0]) if same else ""


def working_of(regimen: Judged, total: Total) -> list[str]:
    """Each item's share, with its arithmetic."""
    return [f"{exposure.item} {item_name(regimen, exposure)}: {exposure.working}" for exposure in total.exposures]


@printed_there
def workbook(result: Result) -> bytes:
    """The sheets Findings, Totals and Items of an ``.xlsx`` file. Raises :class:`MissingExtraError` without
    XlsxWriter.
    """
    return sheets.workbook(
        (
            WorkbookSheet(
                "Findings",
                ("person", "severity", "code", "rule", "message", "to do", "items", "substances", "sources", "working"),
                (16, 10, 8, 22, 80, 40, 10, 24, 24, 60),
                _finding_rows(result),
            ),
            WorkbookSheet(
                "Totals",
                TOTALS_HEADER,
                (16, 12, 24, 10, 10, 10, 10, 12, 10, 20, 24, 8, 24, 10, 10, 12, 14, 8, 40, 80),
                total_rows(result),
            ),
            WorkbookSheet(
                "Items",
                ("person", "item", "text", "read", "product", "substances", "from", "not read"),
                (16, 8, 60, 12, 30, 36, 36, 60),
                _item_rows(result),
            ),
        )
    )


def _names(result: Result, finding: Finding) -> str:
    """The sources of a finding as the rows of totals call theirs."""
    known = result.data.sources
    return "; ".join(dict.fromkeys(known[each].short if each in known else each for each in finding.sources))


def _finding_rows(result: Result) -> Iterator[tuple[Any, ...]]:
    for regimen in result.regimens:
        for finding in regimen.findings:
            yield (
                regimen.id or "",
                finding.severity.word,
                finding.code,
                finding.rule,
                finding.message,
                finding.mend,
                ", ".join(map(str, finding.items)),
                ", ".join(map(result.renamed, finding.substances)),
                _names(result, finding),
                finding.working,
            )


def _item_rows(result: Result) -> Iterator[tuple[Any, ...]]:
    for regimen in result.regimens:
        for item in regimen.items:
            yield (
                regimen.id or "",
                Decimal(item.n),
                item.given.whole,
                item.status,
                item.product.label if item.product else "",
                ", ".join(map(result.told, item.substances)),
                item.given.place,
                "; ".join(t.message for t in item.troubles),
            )


def limit_of(total: Total, verdict: Verdict) -> str:
    """The limit in the total's unit where it could be converted, else as the source gives it."""
    if verdict.amount is not None:
        return str(total.tell(verdict.amount))
    return str(Amount(verdict.limit.amount, verdict.limit.unit)) if verdict.limit.amount is not None else ""
