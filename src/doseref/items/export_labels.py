"""What a field of a row calls itself: ``Strength: 20 mg``, ``QtyDisp=30.000``, ``"doseUnit": "mg"``, ``NPI 1457389201``.

label ::= words (":" | "=") | words " " before what only such a field holds

Labels of what is taken (``_TAKEN``) keep what they hold. Labels of what was handed out, when, by whom and under which
number say nothing of the dose, but only where what they hold has the shape of that: "Qty: 30" is left out, "Qty: 500 mg"
and "Status: stopped" are not.
"""

from __future__ import annotations

import json
import re
from itertools import pairwise

from doseref.items.export_shapes import DATE, PIECE, STATUS
from doseref.patterns import regex

_TAKEN = {
    "drug": "drug|drug name|drug desc|drug description|medication|medication name|medicine|med|med name|product|product name|item|"
    "item name|item desc|item description|label|label name|name|order|order name|generic name",
    "strength": "strength|drug strength",
    "dose": "dose|dosage|dose amount|dose value|dose qty",
    "unit": "unit|units|dose unit|dose units|uom|dose uom",
    "form": "form|dose form|dosage form|drug form",
    "route": "route|roa|admin route",
    "time": "freq|frequency|schedule|interval|timing|day|days|day of week|days of week|dow",
    "sig": "sig|sig text|directions|direction|instructions|instruction|dose instructions|dosage instructions|"
    "admin instructions|patient instructions|label instructions|dir",
    "why": "indication|reason",
    "most": "max daily|max daily dose|max dose per day|max per day|max a day|daily max|maximum daily dose|maximum per day|max day",
    "rate": "rate|infusion rate",
    "end": "stop|stop date|end|end date",
}
"""Labels of fields that say something of what is taken, by their meaning."""
_BESIDES = {
    "supply": "qty|quantity|qty disp|qty dispensed|quantity dispensed|qty written|qty remaining|metric qty|disp|dispense|dispensed|"
    "disp qty|dispense qty|days|days supply|day supply|day sup|days sup|ds|d s|supply days|rf|rfs|rfl|rfls|refill|refills|"
    "refills left|refills remaining|refills auth|refills authorized|ref|rpt|rpts|repeat|repeats|repeats left|issue|issues|"
    "issue no|issue number|max issues|issues remaining|fill|fills|fill num|fill no|fill number|remaining|rem|pack|pack size|daw|brand med nec",
    "record": "rx|rx no|rx num|rx number|rx id|script|script no|script number|prescription|prescription no|prescription number|"
    "order id|order no|order number|order num|claim|claim id|claim no|claim number|ndc|gtin|upc|pbs|pbs code|dmd|dm d|snomed|"
    "vmp|vmpp|vtm|gpi|code|drug code|product code|item code|hsn|hsn code|bin|pcn|grp|group|member|member id|mbr|mbr id|npi|dea|"
    "icd|icd10|dx|dx code|diagnosis code|mrn|acct|account|encounter|csn|patient id|pt id|pat id|ptid|pid|lot|lot no|batch|"
    "batch no|id|row|record|seq|auth|auth no|pa no|room|rm|ward|store|store no|phcy|ncpdp|facility id",
    "day": "date|fill date|filled|date filled|last fill|last filled|last fill date|next fill|written|date written|written date|"
    "start|start date|started|due|next due|exp|expiry|expires|exp date|issued|last issued|last issue|last issue date|issue date|"
    "next issue|sold|sold date|disp date|dispensed date|date dispensed|review|review date|dob|entered|last given|given|"
    "administered|charted|scanned|verified|original|orig",
    "who": "prescriber|provider|ordering provider|ordered by|ord prov|doctor|dr|physician|gp|authorised|authorized|"
    "authorised by|authorized by|entered by|verified by|rph|pharmacist|nurse|rn|patient|patient name|pt|pt name|pharmacy|"
    "facility|location|clinic|dept|department|mfr|manufacturer|mfg|supplier|insurance|ins|payer|plan|given by|charted by",
    "price": "price|cost|copay|patient pay|pt pay|pay|amt|amount paid|paid|plan paid|mrp|ingredient cost|rs|gst|vat|tax",
    "status": "status|type|rx type|order type|issue type|order status|category|record type",
}
"""Labels of fields that say nothing of what is taken, by what such a field holds."""


def _table(rows: dict[str, str]) -> dict[str, str]:
    """Each label, in small letters and without blanks → what it means."""
    return {label.replace(" ", ""): meaning for meaning, labels in rows.items() for label in labels.split("|")}


TAKEN, BESIDES_IT = _table(_TAKEN), _table(_BESIDES)
_FIGURE = rf"[0-9]{{1,5}}(?:[.,][0-9]{{1,3}})?{PIECE}"
_SHAPES = {
    "supply": regex(
        rf"#?\s?{_FIGURE}|[0-9]{{1,3}}\s?(?:/|of|x)\s?[0-9]{{1,3}}|[0-9]{{1,3}}\s?d(?:ays?)?|nr|none|zero|no|yes|prn|y|n",
        re.I,
    ),
    "record": regex(r"#?\s?(?=[A-Z./#-]{0,8}[0-9]|[A-Z]{1,6}$)[A-Z0-9][A-Z0-9./#-]{0,24}"),
    "price": regex(r"(?:[$£€₹]|rs\.?\s?)?\s?[0-9]{1,5}(?:[.,][0-9]{1,2})?\s?%?", re.I),
    "day": regex(rf"{DATE}(?:[T ]\s?[0-9]{{1,2}}:?[0-9]{{2}}(?::[0-9]{{2}})?\s?(?:[ap]m)?)?|n/?a", re.I),
    "who": regex(r"(?=.*[A-Za-z])[A-Za-z#][A-Za-z0-9#.,'’&/() -]{0,40}"),
}
"""What a field of such a label looks like."""
_MASS = regex(r"[0-9]\s?(?:mg|mcg|µg|ug|units?|iu|tabs?|caps?|puffs?|drops?|x)\b", re.I)
_WITH_SIGN = regex(r"(?P<label>[A-Za-z][A-Za-z0-9_ /.#-]{0,26}?)\s?#?\s?[:=]\s*(?P<rest>.*)")
_WITHOUT_SIGN = regex(
    r"(?P<label>[A-Za-z]{2,12}(?: (?:no|id|code|paid|type))?)\.? ?#? ?(?P<rest>[#$£€₹]?[A-Z0-9].*)", re.I
)
_MARKS = regex(r"[\s_./#-]+")


def _compact(label: str) -> str:
    """A label in small letters, without what stands between its words: "maxDailyDose", "QTY_DISP", "Day Supply"."""
    return _MARKS.sub("", label).lower()


_OF_SO_MANY = regex(r"[0-9]{1,2}\s(?:of|/)\s[0-9]{1,2}", re.I)


def besides(label: str, rest: str) -> str:
    """What a label means that says nothing of what is taken, where it holds what such a field holds; empty otherwise."""
    word = _compact(label)
    meaning, said = BESIDES_IT.get(word, ""), rest.strip()
    if not meaning or not said:
        return meaning
    if meaning == "status":
        return meaning if STATUS.issuperset(_MARKS.sub(" ", said.lower()).split()) else ""
    if _SHAPES["day"].fullmatch(said) is not None or _OF_SO_MANY.fullmatch(said) is not None:
        return meaning
    if meaning == "record" and word not in _LETTERED and not any(each.isdigit() for each in said):
        return ""
    fits = _SHAPES[meaning].fullmatch(said) is not None and (meaning != "who" or _MASS.search(said) is None)
    return meaning if fits else ""


_LETTERED = frozenset("pcn grp group bin room rm ward store".split())
"""Records that may be called by letters alone."""
_SHORT_LABELS = frozenset("supply record price".split())
"""Labels that need no sign between them and what they hold."""
_AMBIGUOUS = frozenset("dr ds total code days fill fills item id start pack sch group repeat sched".split())
"""Words that say something else too where no sign stands behind them."""


def said_besides(text: str) -> bool:
    """Whether a field without a sign is a label and what it holds, which says nothing of what is taken: "NPI 1457389201",
    "RPTS 5", "MFR PAR".
    """
    found = _WITHOUT_SIGN.fullmatch(text)
    if found is None or _MASS.search(text):
        return False
    label, rest = _compact(found["label"]), found["rest"]
    meaning = BESIDES_IT.get(label)
    if label in _AMBIGUOUS or (meaning not in _SHORT_LABELS and label not in _MAKERS):
        return False
    few = len(_DIGITS.sub("", rest)) < _LEAST_DIGITS and _OF_SO_MANY.fullmatch(rest) is None
    if meaning == "record" and label not in _LETTERED and few:
        return False
    return besides(label, rest) != ""


_DIGITS = regex(r"[^0-9]")
_LEAST_DIGITS = 3
_MAKERS = frozenset(("mfr", "mfg", "manufacturer"))


def labelled(text: str) -> tuple[str, str]:
    """The meaning of a field's label and the rest of it; no meaning and the whole text where it has none, and
    :data:`BESIDES` without a rest where it says nothing of what is taken. Who wrote or gave it is to be looked at: "who".
    """
    found = _WITH_SIGN.fullmatch(text)
    if found is None:
        return "", text
    label, rest = found["label"], found["rest"].strip()
    if meaning := besides(label, rest):
        named = meaning == "who" and rest and _compact(label) not in _PATIENT
        return ("who", rest) if named else (BESIDES, "")
    meaning = TAKEN.get(_compact(label), "")
    if not meaning or not (rest or meaning == "end"):
        return "", text
    return meaning, rest


BESIDES = "besides"
_PATIENT = frozenset(("patient", "patientname", "pt", "ptname"))
_ANY = sorted("|".join((*_TAKEN.values(), *_BESIDES.values())).split("|"), key=len, reverse=True)
_LABEL = "|".join(re.escape(each).replace(r"\ ", r"[\s_]?") for each in _ANY)
_RUN = regex(rf"(?:^|[\s,;]+)(?P<label>(?:{_LABEL})\s?[:=])", re.I)
_BEGINS = regex(rf"\s*(?:{_LABEL})\s?[:=]", re.I)
_FEWEST_OF_RUN = 3
_RECORD = regex(r'\s*(?:\{\s*)?"[A-Za-z][A-Za-z0-9_ ]{0,30}"\s*:\s*["0-9].*?\}?\s*')
_LONGEST_RECORD = 1000
_ON_DEMAND = frozenset(("prn", "asneeded"))


def run_of_labels(text: str) -> list[str]:
    """The fields of a row that has nothing but blanks between them, each with its label; none where it is no such row."""
    if _BEGINS.match(text) is None:
        return []
    starts = [found.start("label") for found in _RUN.finditer(text)]
    fields = [text[start:end].strip(" ,;") for start, end in pairwise([*starts, len(text)])]
    return fields if len(fields) >= _FEWEST_OF_RUN and all(labelled(each)[0] for each in fields) else []


def of_a_record(text: str) -> list[str]:
    """The fields of a record of JSON, or of its inside, as "label: text"; none where it is none, or holds more than texts
    and numbers.
    """
    if len(text) > _LONGEST_RECORD or _RECORD.fullmatch(text) is None or text.count("{") > 1 or "[" in text:
        return []
    inside = text.strip()
    try:
        pairs = json.loads(
            inside if inside.startswith("{") else f"{{{inside}}}",
            object_pairs_hook=list,
            parse_int=str,
            parse_float=str,
        )
    except ValueError:
        return []
    made: list[str] = []
    for label, value in pairs:
        if isinstance(value, bool) and _compact(label) in _ON_DEMAND:
            made += ["freq: as needed"] if value else []
        elif isinstance(value, str):
            made += [f"{label}: {value}"] if value.strip() else []
        elif value is not None:
            return []
    return made
