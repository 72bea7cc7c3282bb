"""Shapes that fields of exports share: a date, the pieces that are handed out, the words of a status."""

from __future__ import annotations

DATE = (
    r"(?:[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{4}|[0-9]{2})|[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}"
    r"|20[0-9]{2}[01][0-9][0-3][0-9]"
    r"|[0-9]{1,2}[- ]?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[- ]?(?:[0-9]{4}|[0-9]{2}))"
)
PIECE = r"(?:\s?(?:tab(?:let)?(?:s|\(s\))?|cap(?:sule)?(?:s|\(s\))?|each|ea|ml|g|gm|gms|patch(?:es)?|pens?|inhalers?|vials?|units?))?"
STATUS = frozenset(
    "active current suspense full ongoing sch sched scheduled order orders ordered pack packed otc rx new repeat acute rpt rpts "
    "refill verified dispensed filled sold ready final outpatient inpatient home reg record rxe rxo "
    "routine maintenance signed released dispense prescribed prescription chronic ambulatory community inpt outpt op ip "
    "documented patient med meds medication list reviewed approved daw brand generic rph verif paid billed adjudicated "
    "charted scanned template dispensing ctg pbs rpbs mar emis systmone ord".split()
)
"""Words that say that a prescription runs, or what kind of record it is."""
