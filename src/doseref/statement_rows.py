"""The statements at rest: those of the dose tables as :class:`~doseref.statements.Statement`,
their dosage text parsed.
"""

from __future__ import annotations

from functools import lru_cache

from doseref.names import names
from doseref.refdata import Reference
from doseref.statements import SideEffect, Statement, from_dosage
from doseref.tables.dosing import TabledStatement


@lru_cache(maxsize=4)
def statements(data: Reference) -> tuple[Statement, ...]:
    """All statements of the articles in the tables, their dosage text parsed."""
    return tuple(parsed(statement, data) for statement in data.statements.values())


def parsed(statement: TabledStatement, data: Reference) -> Statement:
    """One statement of the tables with its dosage text parsed.

    Ingredients of a combination come in the order in which the dosage names them, as the rows' doses show.
    """
    routes = {dose.route for dose in statement.doses if dose.route}
    known = data.sources.get(statement.source)
    drug_class = statement.drug_class
    return from_dosage(
        data.parse(statement.dosage),
        id=statement.id,
        source=statement.source,
        line=statement.line,
        section=statement.id.split("/")[1],
        name=statement.name.replace(f" ({drug_class})", "") if drug_class else statement.name,
        substances=_ordered(statement, data),
        resolve=lambda word: _resolve(data, word),
        computable=statement.computable,
        reason=statement.reason or None,
        drug_class=drug_class or None,
        path=known.where if known else statement.source,
        route=routes.pop() if len(routes) == 1 else None,
        release=statement.doses[0].release or None,
        prn=any(dose.prn for dose in statement.doses),
        longest=next((dose.longest for dose in statement.doses if dose.longest), None),
        timing=statement.timing,
        side_effects=tuple(SideEffect(phrase, *_classes(data, phrase)) for phrase in statement.side_effects),
    )


def _ordered(statement: TabledStatement, data: Reference) -> tuple[str, ...]:
    """Canonical names of the ingredients, in the order in which their doses stand in the dosage text."""
    ids = statement.substances
    if len(ids) == 1:
        return (data.name_of(ids[0]),)
    doses = {dose.substance: str(dose.dose.low) for dose in statement.doses if dose.dose}
    places = {each: statement.dosage.find(f"{doses.get(each, '')} mg") for each in ids}
    return tuple(data.name_of(each) for each in sorted(ids, key=lambda each: places[each]))


def _resolve(data: Reference, word: str) -> str | None:
    """The canonical name of a name as a dosage text writes it."""
    entry = names(data).lookup(word)
    return data.name_of(entry.substance) if entry and entry.substance else None


def _classes(data: Reference, phrase: str) -> tuple[tuple[str, ...], str | None]:
    classes, qualifier = data.phrases.get(phrase, ((), ""))
    return classes, qualifier or None
