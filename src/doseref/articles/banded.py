"""A table of bands as one statement for each of its bands, for what is compared band by band."""

from __future__ import annotations

from collections.abc import Iterable

from doseref.articles.contexts import context_of
from doseref.articles.extracted import Draft
from doseref.articles.instruction import Parse
from doseref.articles.model import Block
from doseref.records import replace
from doseref.statements import Statement

_YOUNG = ("children", "infants")


def with_bands(statement: Statement, draft: Draft, parse: Parse) -> Statement:
    """A statement that is a table of bands with one statement for each of them, at its own place; a band whose dose
    cannot be read is left out.
    """
    if not draft.bands or len(draft.dosage) != len(draft.bands):
        return statement
    told = []
    for (band, dose), span in zip(draft.bands, draft.dosage, strict=True):
        dosage = parse(dose)
        if draft.often and not any(option.times or option.every for option in dosage.options):
            longer = parse(f"{dose} {draft.often}")
            dosage = longer if longer.status == "read" else dosage
        if dosage.status != "read" or not dosage.options:
            continue
        whose = context_of(band, label=True)
        context = replace(
            statement.context,
            population=whose.population or statement.context.population,
            band=whose.band if whose.population == "adults" else whose.band or " ".join(band.split()),
        )
        scope = (
            None
            if whose.population == "adults"
            else statement.scope or (whose.population if whose.population in _YOUNG else None)
        )
        block: Block = span.block
        at = block.location(statement.path, statement.source, span.start, span.end)
        told.append(
            replace(
                statement,
                line=at.line,
                column=at.column,
                end_column=at.end_column,
                cell=at.cell,
                dosage=dosage,
                dosage_text=dosage.text,
                maximum=(),
                bands=(),
                scope=scope,
                context=context,
            )
        )
    return replace(statement, by_band=tuple(told))


def band_by_band(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements, each table of bands as those of its bands."""
    return tuple(part for each in statements for part in (each.by_band or (each,)))
