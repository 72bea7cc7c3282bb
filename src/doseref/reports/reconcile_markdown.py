"""``reconcile`` as Markdown: findings first, then a table a substance."""

from __future__ import annotations

from doseref.checks.article.run import Reconciliation
from doseref.refdata import Reference
from doseref.reports.reconcile_rows import (
    LEGEND,
    MARKS,
    attribute_word,
    cells,
    count_words,
    findings_of,
    ordered,
    place,
    source_name,
    worst_by_substance,
)

_ESCAPED = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|#"})


def render(result: Reconciliation, reference: Reference, *, everything: bool = False) -> str:
    """The report; ``everything`` shows the substances without findings too."""
    lines = ["# What the articles say", "", f"{count_words(result)}.", ""]
    lines += [f"{LEGEND}.", ""]
    worst = worst_by_substance(result.findings)
    for group in ordered(result):
        if not everything and group.substance not in worst:
            continue
        sources = group.sources
        lines += [f"## {escape(group.substance)}", ""]
        for found in findings_of(result, group):
            lines.append(f"- **{found.severity.word} {found.code}** {escape(found.message)}")
            if found.mend:
                lines.append(f"  {escape(found.mend)}.")
        lines += [
            "",
            "| | " + " | ".join(escape(source_name(source, reference)) for source in sources) + " |",
            "|---" * (len(sources) + 1) + "|",
        ]
        for attribute in group.attributes:
            row = [f"{MARKS[attribute.relation]} {attribute_word(attribute.name)}"]
            for source in sources:
                own = [cell for cell in cells(attribute) if cell.statement.source == source]
                row.append(
                    "<br>".join(
                        (f"**≠ {escape(c.text)}**" if c.conflict else escape(c.text))
                        + f" ({escape(place(c.statement, reference).split(' ', 1)[1])})"
                        for c in own
                    )
                    or " "
                )
            lines.append("| " + " | ".join(row) + " |")
        lines.append("")
    loose = [found for found in result.findings if not found.substances]
    if loose:
        lines += [
            "## Not compared",
            "",
            *(
                f"- **{found.code}** {escape(found.message)} ({escape(str(found.locations[0]))})"
                for found in loose
                if found.locations
            ),
            "",
        ]
    return "\n".join(lines)


def escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    return " ".join(text.split()).translate(_ESCAPED)
