"""How people and pharmacy systems head the columns of a medication list, by what the columns hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from doseref.lists import day_columns
from doseref.regimen.facts import FACTS

_HEADS: dict[str, str] = {
    "item": "item|items|order|medication order|order sentence|prescription|medication and directions|line|text",
    "drug": "drug|drug name|drugs|medication|medication name|medications|medicine|medicine name|med|med name|meds|"
    "product|product name|drug description|item description|generic name|generic|brand name|preparation|display "
    "name|description|drug name & form|drug name and form|drug and form|drug name and strength|drug and strength|medicine and strength|"
    "medication and strength|medicine name and strength|medication name and strength|drug strength and form|name of medicine|"
    "name of drug|name of medication",
    "sig": "sig|sig text|directions|direction|instructions|instruction|dosage|dosage instruction|dosage instructions|"
    "label directions|administration instructions|patient instructions|how to take|dose and frequency|dose "
    "instructions|"
    "dosing|dosing instructions|posology|regimen text|signa|written sig|free text sig|how taken|how it is taken|how used|how to use|"
    "directions for use|dose & frequency|dosage and frequency",
    "strength": "strength|str|drug strength|dosage strength|product strength|concentration",
    "dose": "dose|dose amount|dose quantity|single dose|dose per administration|amount|dose value",
    "dose unit": "dose unit|dose units|unit|units|dose uom|uom|unit of measure",
    "route": "route|route of administration|admin route|administration route|roa",
    "form": "form|dosage form|dose form|formulation|drug form|dispense form",
    "frequency": "frequency|freq|how often|interval|dose frequency|schedule|times|frequency text|when|"
    "when taken|when to take|when to take it|time of day|timing",
    "prn": "prn|as needed|is prn|prn flag|if needed|as required|when required|prn yn|as needed yn",
    "max": "max|maximum|max dose|maximum dose|limit",
    "max per day": "max daily dose|maximum daily dose|max per day|maximum per day|max daily|max dose per day|"
    "daily max|daily maximum|max 24h",
    "status": "status|order status|medication status|med status|state|rx status|active",
    "patient": "patient|patient id|patientid|patient name|patient number|patient no|person|person id|pt|pt id|pt name|"
    "mrn|medical record number|subject|subject id|nhs number|nhs no|hospital number|hospital no|resident|resident name|client|client id|member "
    "id|member|chi",
    "reason": "indication|reason|diagnosis|reason for use|used for|prn reason|indication for use|problem",
    "duration": "duration|length|course|course length|treatment duration",
    "quantity": "quantity|qty|quantity dispensed|qty dispensed|dispense quantity|dispensed|disp|disp qty|amount "
    "dispensed|"
    "metric quantity",
    "ended": "end date|stop date|stop|stopped|stopped on|ended|end|date stopped|discontinued date|dc date|"
    "d c date|discontinue date",
    "days supply": "days supply|day supply|days supplied|ds|days",
    "note": "note|notes|comment|comments|remark|remarks|pharmacist notes|pharmacist comments|pharmacy notes|pharmacy comments|pharmacy comment|dispensing notes|dispensing comments|additional instructions|special instructions",
    "ignore": "#|no|nr|row|row number|line number|rx|rx number|rx #|rx no|prescription number|refills|"
    "refills remaining|repeats|"
    "prescriber|provider|doctor|ordered by|ordering "
    "provider|author|pharmacy|pharmacist|store|ward|room|bed|location|ndc|"
    "rxcui|gtin|code|dm d code|date|date written|written date|order date|fill date|filled|last filled|last "
    "fill|dispensed date|"
    "dispense date|date filled|start|start date|started|date started|entered|order "
    "id|price|cost|copay|insurance|manufacturer|"
    "since|last issued|last issue|last issue date|issued|issue date|date issued|date of issue|issues|review date|next review|snomed code|"
    "bnf code|pip code|"
    "labeler|exemption|exemptions|exempt|exemption code|exemption reason|exemption status|repeat acute|acute repeat|acute or repeat|repeat or acute|"
    "issue type|prescription type|script type|practice|gp practice|surgery|gp|gp name|postcode|post code|address|patient address|telephone|phone|"
    "dispenser|dispensed by|checked by|accuracy checked by|batch|batch number|batch no|expiry|expiry date|barcode|endorsement|endorsements|owings|owing|"
    "collected|collection date|delivered|delivery|delivery date|"
    "daw|schedule class|dea schedule|class|drug class|therapeutic class|ahfs class",
    "taken": "taken|taken at|last taken|doses taken|taken today",
    **day_columns.HEADS,
    **FACTS,
}
"""Role → how its column is headed, in small letters with single spaces for ``_``, ``-``, ``.`` and ``/``."""
ROLE_OF = {head: role for role, heads in _HEADS.items() for head in heads.split("|")}
ROLES = tuple(_HEADS)

_SURNAME = frozenset(("surname", "last name", "family name", "patient surname", "patient last name", "lastname"))
_FORENAME = frozenset(
    "forename|forenames|first name|given name|given names|patient forename|patient first name|firstname|first names".split(
        "|"
    )
)
_BESIDE = frozenset(("title", "salutation", "middle name", "middle names", "initials", "preferred name"))
_NHS = frozenset(("nhs",))
"""A number, or whether it is an NHS prescription: either way it may stand beside the name of the person."""


def whose_heads(heads: Sequence[str], known: Mapping[str, str]) -> dict[str, str]:
    """The roles of columns that hold parts of a name: of the person where nothing else says who that is, else nothing
    that is asked. A forename or a surname alone would make one person of several, and has no role.

    ``heads`` as they are looked up; ``known`` are those of the caller (``--map``), which come first.
    """
    others = any((known.get(head) or ROLE_OF.get(head)) == "patient" for head in heads)
    named = any(head in _SURNAME for head in heads) and any(head in _FORENAME for head in heads)
    if not others and not named:
        return {}
    parts = dict.fromkeys(_SURNAME | _FORENAME, "ignore" if others else "patient")
    return parts | dict.fromkeys(_BESIDE, "ignore") | dict.fromkeys(_NHS, "patient")
