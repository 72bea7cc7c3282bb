"""The statements at rest: rows of ``drugs.csv`` and ``supplements.csv`` as :class:`~doseref.statements.Statement`."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from doseref.names import names
from doseref.quantities import Range
from doseref.refdata import Reference, terms
from doseref.statements import SideEffect, Statement, from_dosage

RawRow = dict[str, str]


@lru_cache(maxsize=4)
def statements(data: Reference) -> tuple[Statement, ...]:
    """All statements of the articles in the tables, their dosage text parsed."""
    return tuple(statement_of(data, rows) for rows in data.statement_rows.values())


def statement_of(data: Reference, rows: list[RawRow]) -> Statement:
    """One statement from its rows (the first carries what is said once); its dosage text is parsed.

    Ingredients of a combination come in the order in which the dosage names them, as the rows' doses show.
    """
    head = rows[0]
    dosage = data.parse(head["dosage"])
    substances = _ordered(data, rows, head["dosage"])
    longest = next((row for row in rows if row["longest_high"]), None)
    routes = {row["route"] for row in rows if row["route"]}
    return from_dosage(
        dosage,
        id=head["id"],
        source=head["source"],
        line=int(head["line"]),
        section=head["id"].split("/")[1],
        name=head["name"].replace(f" ({head['class']})", "") if head["class"] else head["name"],
        substances=substances,
        resolve=lambda word: _resolve(data, word),
        computable=head["computable"] == "yes",
        reason=head["reason"] or None,
        drug_class=head["class"] or None,
        path=data.sources[head["source"]].where if head["source"] in data.sources else head["source"],
        route=routes.pop() if len(routes) == 1 else None,
        release=head["release"] or None,
        prn=any(row["prn"] for row in rows),
        longest=_range(longest) if longest else None,
        timing=terms(head["timing"]),
        side_effects=tuple(SideEffect(phrase, *_classes(data, phrase)) for phrase in terms(head["side_effects"])),
    )


def _ordered(data: Reference, rows: list[RawRow], text: str) -> tuple[str, ...]:
    """Canonical names of the ingredients, in the order in which their doses stand in the dosage text."""
    ids = list(dict.fromkeys(row["substance"] for row in rows))
    if len(ids) == 1:
        return (data.name_of(ids[0]),)
    doses = {row["substance"]: row["dose_low"] for row in rows if row["dose_low"]}
    places = {each: text.find(f"{doses.get(each, '')} mg") for each in ids}
    return tuple(data.name_of(each) for each in sorted(ids, key=lambda each: places[each]))


def _resolve(data: Reference, word: str) -> str | None:
    """The canonical name of a name as a dosage text writes it."""
    entry = names(data).lookup(word)
    return data.name_of(entry.substance) if entry and entry.substance else None


def _range(row: RawRow) -> Range:
    return Range(Decimal(row["longest_low"] or row["longest_high"]), Decimal(row["longest_high"]), row["longest_unit"])


def _classes(data: Reference, phrase: str) -> tuple[tuple[str, ...], str | None]:
    classes, qualifier = data.phrases.get(phrase, ((), ""))
    return classes, qualifier or None
