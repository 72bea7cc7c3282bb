"""Rows of the reference tables made into the records that :mod:`doseref.tables.entries` describes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from doseref.tables.cells import number, terms
from doseref.tables.entries import (
    Caution,
    Conversion,
    DrugClass,
    Ingredient,
    OpioidFactor,
    OtherName,
    Product,
    Source,
    Stack,
    StackGroup,
    Substance,
)


def substance(row: Mapping[str, str]) -> Substance:
    """The substance of a row of ``substances.csv``."""
    classes, effects = terms(row["classes"]), terms(row["side_effects"])
    return Substance(
        row["id"],
        row["name"],
        row["kind"],
        classes,
        row["usual_route"],
        row["base"],
        effects,
        terms(row["routes"]),
        row["rxcui"],
        row["unii"],
        row["atc"],
    )


def other_name(row: Mapping[str, str]) -> OtherName:
    """The name of a row of ``names.csv``."""
    return OtherName(row["name"], row["substance"], row["kind"], number(row["salt_amount"]), number(row["base_amount"]))


def product(rows: Iterable[Mapping[str, str]]) -> Product:
    """The product of its rows of ``products.csv``, one for each ingredient."""
    ordered = sorted(rows, key=lambda row: int(row["position"]))
    first = ordered[0]
    ingredients = tuple(
        Ingredient(
            row["substance"],
            row["as_named"],
            int(row["position"]),
            Decimal(row["strength"]),
            row["unit"],
            Decimal(row["per"]),
            row["per_unit"],
        )
        for row in ordered
    )
    caps = [row["max_count"] for row in ordered if row["max_count"]]
    return Product(
        first["id"],
        first["name"],
        first["label"],
        terms(first["also"]),
        ingredients,
        first["form"],
        first["release"],
        first["route"],
        first["status"],
        terms(first["market"]),
        first["withdrawn"] == "yes",
        Decimal(caps[0]) if caps else None,
        first["rxcui"],
        first["source"],
        first["verification"],
    )


def caution(row: Mapping[str, str]) -> Caution:
    """The caution of a row of ``cautions.csv``."""

    def amount(column: str) -> Decimal | None:
        return Decimal(row[column]) if row[column] else None

    def years(column: str) -> int | None:
        return int(row[column]) if row[column] else None

    (about,) = stack_groups(f"1 {row['about']}")
    return Caution(
        row["id"],
        about,
        row["given"],
        row["pregnant"] == "yes",
        row["hepatic"] == "yes",
        years("age_low_years"),
        years("age_high_years"),
        amount("egfr_below"),
        amount("single_above"),
        amount("day_above"),
        row["unit"],
        row["basis"],
        row["severity"],
        row["advice"],
        row["source"],
        amount("unless_hours"),
        row["told"],
        tuple(filter(None, row["said"].split("/"))),
        tuple(filter(None, row["unsaid"].split("/"))),
        amount("weight_to_kg"),
        amount("creatinine_from"),
        years("at_least"),
    )


def stack_groups(members: str) -> tuple[StackGroup, ...]:
    """``1 opioid + 1 nsaid!salicylate/lithium`` as groups."""
    made = []
    for part in members.split(" + "):
        count, _, names = part.partition(" ")
        listed = [name.replace("<", "><").split("!") for name in names.split("/")]
        made.append(
            StackGroup(
                int(count), tuple(name[0] for name in listed), tuple(each for name in listed for each in name[1:])
            )
        )
    return tuple(made)


def source(row: Mapping[str, str]) -> Source:
    """The source of a row of ``sources.csv``."""
    columns = "id title kind publisher date where verification tier country set_id".split()
    return Source(*(row[column] for column in columns))


def drug_class(row: Mapping[str, str]) -> DrugClass:
    """The class of a row of ``classes.csv``."""
    allowed = int(row["allowed"]) if row["allowed"] else None
    return DrugClass(
        row["id"],
        row["label"],
        row["parent"],
        allowed,
        row["by_release"] == "yes",
        row["severity"],
        row["note"],
        terms(row["side_effects"]),
        terms(row["side_effects_from"]),
        row["narrow"] == "yes",
    )


def stack(row: Mapping[str, str]) -> Stack:
    """What is dangerous together, of a row of ``stacks.csv``."""
    groups = stack_groups(row["members"])
    if row["unless"]:
        groups = (*groups, StackGroup(-1, tuple(row["unless"].split("/")), ()))
    hours = Decimal(row["apart_hours"]) if row["apart_hours"] else None
    age = int(row["age_low_years"]) if row["age_low_years"] else None
    return Stack(row["id"], row["label"], row["effect"], groups, row["severity"], row["source"], hours, age)


def conversion(row: Mapping[str, str]) -> Conversion:
    """The unit factor of a row of ``conversions.csv``."""
    return Conversion(
        row["substance"],
        row["form"],
        Decimal(row["from_value"]),
        row["from_unit"],
        Decimal(row["to_value"]),
        row["to_unit"],
        row["usable"] == "yes",
        row["vintage"],
        row["source"],
        row["note"],
    )


def opioid_factor(row: Mapping[str, str]) -> OpioidFactor:
    """The morphine equivalent of a row of ``mme.csv``."""
    return OpioidFactor(
        row["substance"],
        row["as_named"],
        row["route"],
        Decimal(row["factor"]),
        row["unit"],
        row["vintage"],
        row["current"] == "yes",
        row["source"],
    )
