"""The words that columns share: tiers, kinds of limit, timing terms, and what an id or a unit looks like."""

from __future__ import annotations

from doseref.tables.column import Column, ColumnKind

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"

TEXT: ColumnKind = "string"
DECIMAL: ColumnKind = "decimal"
WHOLE: ColumnKind = "integer"

ID = Column("id", TEXT, "stable id", True, pattern=SLUG)
"""The column of a table whose rows have a name of their own that never changes."""
NOTE = Column("note", TEXT, "what to know about it, in a few words")
SEVERITIES = ("info", "warning", "error")
"""How grave what a row tells of is, in words."""

UNIT_WORDS = "a unit code (mg, ug, g, mL, [IU], {tablet} …)"
TIME_UNITS = ("h", "d", "wk", "mo", "a")
COUNTRY = r"(?!UK)[A-Z]{2}"
SET_ID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"

TIERS = ("article", "label", "label-copy", "regulator", "guideline", "secondary", "machine-read")
"""How near a source is to whoever sets the figure."""

MACHINE_READ = "machine-read"
"""Read by the program from a label file: its figures inform until a person has confirmed them."""

INFORMING_TIERS = ("secondary", MACHINE_READ)
"""Tiers that give information, never an error or a warning."""

LIMIT_KINDS = tuple(
    "maximum top-of-initial-range tolerance-threshold schedule-only none-determinable safe-level titrated usual-top "
    "not-recommended-above therapeutic".split()
)
"""What a limit's figure is; only ``maximum`` may raise an error or a warning.

``therapeutic`` is how much of a nutrient a label gives as a medicine: up to it an upper intake level only informs.
"""

TIMING_TERMS = (
    "with-food, with-food-preferred, with-or-without-food, after-meals, empty-stomach-allowed, with-water, "
    "with-black-pepper; "
    "morning, evening, night, bedtime, morning-or-evening, any-time, once-daily, avoid-bedtime; prn, scheduled, "
    "around-the-clock, "
    "regular-intervals, spread-evenly, divided-doses; short-term, one-time, inpatient, severe-pain-only; start-low, "
    "titrate-slowly, taper; "
    "12-hours-on-12-off, change-daily; an ending makes a term no more than the line says: -if (on a condition: "
    "bedtime-if, avoid-bedtime-if), "
    "-initially (bedtime-initially, night-initially), -preferred, -allowed"
)
"""The vocabulary of the timing column. A timing line that holds no timing has no term."""
