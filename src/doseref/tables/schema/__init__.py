"""The tables of ``data/``: one column is a name, a type, a constraint and the words that describe it.

Everything else is derived from here: typed reading, the canonical writer, the D1xx checks,
``datapackage.json`` and the data dictionary. All cells are strings until this schema types them.
"""

from __future__ import annotations

from doseref.tables.column import Column, ColumnKind, Table
from doseref.tables.schema.effects import CAUTIONS, SIDE_EFFECT_CLASSES, SIDE_EFFECTS, STACKS
from doseref.tables.schema.names import CLASSES, LOOKALIKES, NAMES, NATIONAL_NAMES, SOURCES, SUBSTANCES
from doseref.tables.schema.products import CONVERSIONS, MME, PRODUCTS, STRENGTHS
from doseref.tables.schema.statements import DRUGS, LIMITS, SUPPLEMENTS
from doseref.tables.schema.words import INFORMING_TIERS, LIMIT_KINDS, MACHINE_READ, SLUG, TIERS, TIMING_TERMS

DATA_VERSION = "0.2.0"
"""The version of the data, which ``datapackage.json`` carries: it changes when a figure changes."""

TABLES: tuple[Table, ...] = (
    *(SOURCES, SUBSTANCES, NAMES, NATIONAL_NAMES, LOOKALIKES, CLASSES),
    *(DRUGS, SUPPLEMENTS, LIMITS),
    *(PRODUCTS, STRENGTHS, CONVERSIONS, MME),
    *(SIDE_EFFECTS, SIDE_EFFECT_CLASSES, STACKS, CAUTIONS),
)
"""All tables, in the order they are documented."""

__all__ = [
    "CAUTIONS",
    "CLASSES",
    "CONVERSIONS",
    "DATA_VERSION",
    "DRUGS",
    "INFORMING_TIERS",
    "LIMITS",
    "LIMIT_KINDS",
    "LOOKALIKES",
    "MACHINE_READ",
    "MME",
    "NAMES",
    "NATIONAL_NAMES",
    "PRODUCTS",
    "SIDE_EFFECTS",
    "SIDE_EFFECT_CLASSES",
    "SLUG",
    "SOURCES",
    "STACKS",
    "STRENGTHS",
    "SUBSTANCES",
    "SUPPLEMENTS",
    "TABLES",
    "TIERS",
    "TIMING_TERMS",
    "Column",
    "ColumnKind",
    "Table",
]
