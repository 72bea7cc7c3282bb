"""How many are handed out, as a British pharmacy's label says it before the product: "28 Simvastatin 40mg Tablets  Take ONE at
NIGHT", "2x100ml Amoxicillin 250mg/5ml Suspension  ONE 5ml spoonful to be given".

label ::= many product form instruction

Only where the instruction right behind the form has a number of its own: "2 paracetamol 500mg tablets four times a day" are two
tablets each time.
"""

from __future__ import annotations

import re

from doseref.patterns import regex

_FORM = (
    r"(?:tab(?:let)?s?|cap(?:sule)?s?|caplets?|sachets?|patch(?:es)?|suppositor(?:y|ies)|pessar(?:y|ies)|lozenges?|drops?|inhalers?|susp(?:ension)?|"
    r"sol(?:utio)?n?|liquid|syrup|elixir|cream|ointment|gel|lotion|inj(?:ection)?s?|amp(?:oule)?s?|pens?|vials?|spray|mouthwash|emulsion|powder|linctus)"
)
_COUNT = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|half|[1-9][0-9]?|½)"
_VERB = r"(?:take|give|chew|suck|swallow|dissolve|apply|put|use|instil|insert|inhale|inject|mix|place|spray|sip|rinse)"
_IN_FRONT = regex(
    rf"^\s*(?:[1-9][0-9]{{0,2}}(?=\s(?!(?:ACTUAT|HR|MG|ML|hours?)\b))|[1-9][0-9]?\s?[x×]\s?[0-9]{{1,4}}(?:\.[0-9]{{1,2}})?\s?(?:mls?|g|gm|dose|op)?|[0-9]{{1,4}}\s?(?:mls?|g|gm))\s*"
    rf"(?=[A-Za-z][^;|\n]{{3,90}}?\b{_FORM}\b(?:\s\([^()]{{1,30}}\))?[\s.,:;–-]+"
    rf"(?:{_VERB}\s(?:the\scontents\sof\s)?{_COUNT}\b|{_COUNT}\s(?:{_FORM}\s)?(?:to\sbe|each|every|at|in|once|twice|three|four|five|daily|a\s|up\sto|when|if|with|"
    rf"{_COUNT}|[0-9.]{{1,4}}\s?ml|drops?|puffs?|sprays?|now)|(?:to\sbe\s)?apply|use\sas))",
    re.I,
)


def without_quantity_in_front(text: str) -> str:
    """``text`` without how many are handed out before the product; ``text`` itself where the number may be the dose."""
    if not text[:1].isdigit() and not text[:2].strip()[:1].isdigit():
        return text
    found = _IN_FRONT.match(text)
    return text[found.end() :] if found else text


_SUPPLY = regex(
    r"\s(QTY[:\s]\s?#?[0-9]{1,4}(?:\.[0-9]{1,2})?\s?(?:ML|GM?|PENS?|EA|TABS?|CAPS?|BOX(?:ES)?|PATCH(?:ES)?)?\s+DS[:\s]\s?[0-9]{1,3})\s+"
    rf"(?=(?:tk|inj|instill?|{_VERB})\b)",
    re.I,
)


def with_supply_last(text: str) -> str:
    """``text`` with how many are handed out, and for how many days, behind the instruction that it stands before:
    "TRULICITY 1.5MG/0.5ML PEN QTY 2ML DS 28 INJ 1.5MG SC Q WK".
    """
    found = _SUPPLY.search(text)
    if found is None or _SUPPLY.search(text, found.end()):
        return text
    return f"{text[: found.start()]} {text[found.end() :]} {found[1]}"
