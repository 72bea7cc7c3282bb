"""How a dose is changed as time goes by, where no other dose is told: "creep up every six weeks", "titrate to urate",
"increase slowly". It says nothing of how much is taken, nor how often.
"""

from __future__ import annotations

import re

from doseref.patterns import regex

_VERB = (
    r"(?:(?:up[\s-]?)?titrat(?:e|ed|es|ing)|adjust(?:ed|s|ing)?|(?:(?:is|are|be|being)\s+)?taken(?=\s+up)|(?:rais|increas|doubl|nudg|mov|edg|eas)(?:e|ed|es|ing)|"
    r"(?:step|bump)(?:s|ped|ping)?|(?:creep|climb|work|push|inch)(?:s|es|ed|ing)?|crept|go(?:es|ing)?|build(?:s|ing)?|built|"
    r"(?:a\s+)?(?:slow|gradual|gentle)\s+(?:increase|titration|rise|build-up))"
)
_SLOWLY = (
    r"(?:\s+(?:it|this|that|the\s+(?:dose|amount)|up(?:wards?)?|slowly|gradually|gently|cautiously|carefully|steadily|further|"
    r"stepwise|step\s+by\s+step|in\s+(?:small\s+)?steps|little\s+by\s+little|a\s+little|weekly|fortnightly|monthly)){0,4}"
)
_NUMBER = r"(?:\d{1,2}|a|an|one|two|three|four|five|six|seven|eight|ten|twelve|few|couple\s+of|several|other)"
_EVERY = rf"(?:every|each|after|over)\s+(?:(?:the\s+)?(?:first|next|following)\s+)?(?:{_NUMBER}(?:\s?(?:–|-|to|or)\s?{_NUMBER})?\s+)?(?:days?|weeks?|months?|fortnight|visit)"
_VALUE = r"\d[\d.]*(?:\s?(?:–|-|to|and)\s?\d[\d.]*)?(?:\s?(?:%|m?mol/(?:mol|L)|[µμ]mol/L|micromol/L|mg/d[lL]|m?IU/L|bpm|beats(?:\s+per\s+minute)?|mm\s?Hg))?"
_MEASURE = (
    r"(?:(?:a|an|the|your|their|his|her)\s+)?(?:(?:target|goal|fasting|serum|plasma|blood|resting|normal|trough|free|desired|clinical|pain)\s+){0,2}"
    r"(?:INR|TSH|T4|urate|uric\s+acid|(?:blood\s+)?pressure|BP|pulse|heart\s+rate|rate|effect|response|symptoms?|pain|relief|glucose|sugars?|"
    r"HbA1c|A1c|levels?|ferritin|h(?:a)?emoglobin|LDL|cholesterol|potassium|tolerance|comfort|need|needs|benefit|calcium|sleep|sedation|stools?|"
    r"urine\s+output|weight|tests?|bloods?)"
)
_GOAL = rf"(?:to|by|for|against|according\s+to|until|till)\s+{_MEASURE}(?:\s+(?:(?:is|are|of|at|below|under|above|over|between|around)\s+)*{_VALUE}|\s+[<>≤≥]\s?{_VALUE}|(?:\s+(?!(?:max|up\s+to)\b)[a-z]+){{0,5}})"
_ALLOWED = (
    r"(?:as|if|when)\s+(?:tolerated|needed|required|necessary|(?:(?:the|your)\s+)?(?:[a-z]+\s+){0,2}(?:allows?|permits?|dictates?|requires?))|"
    r"(?:until|till|as)\s+(?!(?:a\s+)?max)[a-z][a-z\s'’-]{3,60}"
)
RAISING = regex(
    rf"(?:[,;(–—]\s*|\s+and\s+(?:then\s+)?|\s+then\s+)(?:(?:and|then|but|to\s+be)\s+)*(?:(?:we|i|you|they)\s+)?(?:(?:can|may|will|should)\s+(?:then\s+)?(?:be\s+)?)?"
    rf"{_VERB}{_SLOWLY}(?:\s+(?:{_EVERY}|{_GOAL}|{_ALLOWED})){{0,3}}(?=\s*(?:[,;.)–—]|\Z))\)?",
    re.I,
)
_RAISED = regex(
    r"(?:titrat|adjust|tak|rais|increas|doubl|nudg|mov|edg|eas|step|bump|creep|crept|climb|work|push|inch|go|build|built|slow|gradual|gentle)",
    re.I,
)


def without_raising(text: str) -> str:
    """``text`` with the clauses blanked that say only how its dose is changed, every offset kept."""
    if not _RAISED.search(text):
        return text
    return RAISING.sub(lambda hit: " " * len(hit.group()), text)
