"""Patterns of what is handed out, behind an instruction or before it, in the words of pharmacy systems: "100 eff tab", "60 unit
dose", "5 x 3 mL pens", "30EA", "#84 = 3 packs", "8 patch ONE patch twice a week".

A pack is never a dose, and a second dose never a pack: a bare number of tablets counts where nobody takes so many, patches where
one is worn at a time, a volume where it is a bottle's and holds eight of the largest dose that is said.
"""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.patterns import regex

_MANY = r"[1-9][0-9]{1,3}"
_SOLID = r"(?:tab(?:let)?s?|cap(?:sule|let)?s?)"
_MADE = r"(?:eff(?:ervescent)?|sol(?:uble)?|disp(?:ersible)?|e/?c|m/?r|s/?r|x/?l|chew(?:able)?|orodisp(?:ersible)?|gastro-?\s?res(?:istant)?|f/?c)"
_HOLDER = r"(?:pens?|cartridges?|bottles?|vials?|amp(?:oule)?s?|syringes?|nebules?|respules?|tubes?|penfills?|canisters?|jars?|tubs?)"
_TENS = (
    r"(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|and)[\s-]?){1,6}"
)
_WORDED = rf"\s?\({_TENS}\)"
"""The figure once more in words, as Britain asks for it of controlled drugs: "56 (fifty six) caps"."""
_SIZE = r"[0-9]{1,4}(?:\.[0-9]{1,2})?\s?(?:mls?|g|gms?)"
PACKS = (
    rf"{_MANY}\s?ea(?:ch)?",
    rf"#?\s?{_MANY}(?:\s?(?:{_SOLID}|patches))?\s?=\s?[0-9]{{1,3}}\s?(?:packs?|boxes|days?|weeks?|months?)",
    rf"{_MANY}\s(?:unit|single)[\s-]?doses?(?:\svials?)?",
    rf"{_MANY}\s{_MADE}\.?\s?{_SOLID}",
    rf"(?:r?pbs\s)?[0-9]{{1,2}}\s?[x×]\s?{_SIZE}\s{_HOLDER}",
    rf"(?:r?pbs\s)[0-9]{{1,2}}\s?[x×]\s?{_SIZE}",
    r"[1-9][0-9]\s?[x×]\s?[0-9](?:\.[0-9]{1,2})?\s?mls?",
    rf"{_HOLDER}\s(?:of\s)?{_SIZE}",
    rf"{_SIZE}\s{_HOLDER}(?:\s?[x×]\s?[0-9]{{1,2}})?",
    rf"(?:(?:spec(?:ial)?|bottle|pack|size|of)\s)+{_SIZE}(?:\s?[x×]\s?[0-9]{{1,2}})?",
    r"#\s?[0-9]{1,2}\s[0-9]-?\s?p(?:ac)?k|[0-9]{1,2}\sboxes\sof\s[0-9]{1,3}",
    r"(?<!and\s)(?<!plus\s)[1-9][0-9]?\s(?:ampoule|vial|cartridge|pre-?\s?filled\sdisposable\sinjection)",
    r"(?:mitte|supply|supplied|qty|x)\s?:?\s?[1-9][0-9]?/(?:7|52|12)",
    rf"(?P<pieces>[1-9][0-9]{{0,3}})(?:\s{_SOLID}|{_WORDED}(?:\s{_SOLID})?)",
    rf"(?P<patches>[1-9][0-9]?)(?:{_WORDED})?\spatch(?:es)?",
    r"(?<!apply\s)(?<!use\s)(?<!of\s)(?<!to\s)(?P<grams>15|20|30|45|50|60|75|80|90|100|120|180|200|240|454|500)\s?g(?:ms?)?",
    rf"(?P<volume>[1-9][0-9]{{1,3}})(?:{_WORDED})?\s?mls?",
)
"""Pieces that say how much is handed out; the last four need :func:`is_pack`."""
_TAKEN = regex(rf"([0-9]{{1,2}})\s?{_SOLID}", re.I)
_LEAST_PIECES, _TIMES_THE_COUNT = 14, 7
"""Tablets that nobody takes at one time, and how many of the largest dose a pack holds at least."""
_MONTHS_OF_WEEKS = frozenset((4, 8, 12))
_ONE_A_WEEK = regex(
    rf"\b(?:one|1)\s(?:{_SOLID}\s)?(?:(?:to\sbe\s)?taken\s)?(?:once\s)?(?:weekly|(?:a|per|every|each)\sweek)\s*$", re.I
)
_WORN = regex(r"([0-9]{1,2}|two|three|four)\s(?:of\s)?patch(?:es)?", re.I)
_ONE = frozenset(("1", "01"))
_LEAST_PATCHES = 4
_VOLUMES = regex(r"([0-9]{1,4}(?:\.[0-9]{1,2})?)\s?mls?\b", re.I)
_BOTTLES = frozenset(
    map(Decimal, (30, 50, 60, 70, 90, 100, 118, 120, 140, 150, 180, 200, 237, 240, 250, 300, 355, 473, 480, 500, 1000))
)
"""Millilitres of bottles."""
_SPREAD = regex(r"[0-9.]\s?%|\b(?:cream|crm|oint(?:ment)?|gel|lotion|paste)\b", re.I)
_GRAMS = regex(r"[0-9]\s?g(?:ms?|rams?)?\b", re.I)
"""A dose in grams: then so many at the end may be another one."""
_DOSES_OF_A_BOTTLE = 8


def is_pack(found: re.Match[str], sig: str) -> bool:
    """Whether a number of tablets, patches or millilitres behind ``sig`` can be no dose."""
    if found["pieces"]:
        most = max((int(each.group(1)) for each in _TAKEN.finditer(sig)), default=1)
        pieces = int(found["pieces"])
        if pieces in _MONTHS_OF_WEEKS and _ONE_A_WEEK.search(sig):
            return True  # "one weekly 4 tabs"
        return pieces >= max(_LEAST_PIECES, most * _TIMES_THE_COUNT)
    if found["patches"]:
        return int(found["patches"]) >= _LEAST_PATCHES and all(each.group(1) in _ONE for each in _WORN.finditer(sig))
    if found["grams"]:
        return _SPREAD.search(sig) is not None and _GRAMS.search(sig) is None
    if found["volume"]:
        volume, others = Decimal(found["volume"]), [Decimal(each.group(1)) for each in _VOLUMES.finditer(sig)]
        return volume in _BOTTLES and bool(others) and volume >= _DOSES_OF_A_BOTTLE * max(others)
    return True


_BEFORE = regex(
    r"(?<=[a-z)])(?:(?P<dash>\s[-–])|,)?\s+(?P<many>[1-9][0-9]{0,2})\s(?P<unit>patch|tablet|capsule|sachet|suppository|pessary|lozenge|"
    r"caplet|pen|inhaler|vial|ampoule|tube|bottle|device|dose|cartridge|syringe|pre-filled\s(?:pen|syringe|disposable\sinjection)|ml|gram)"
    r"(?:\(s\))?(?:\s[-–]|,)?\s+"
    r"(?=(?:one|two|three|four|five|six|half|take|apply|use|insert|swallow|dissolve|suck|inject|inhale|put|instil|give|to\sbe|as\sdirected|[0-9.½]+)\s)",
    re.I,
)
"""A pack in the singular of a pharmacy system between the product and the instruction."""


_HOW_OFTEN = regex(
    r"\b(?:daily|day|week(?:ly)?|month(?:ly)?|o[dmn]|b[id]d?|bid|td?s|tid|qd?s|qid|nocte|mane|hs|prn|night|morning|evening|hours?|hourly|once|twice|times)\b",
    re.I,
)


def without_pack_before(sig: str, longest: int) -> str:
    """``sig`` without a pack before its instruction ("patches 8 patch ONE patch twice a week"); ``sig`` where there is none."""
    found = _BEFORE.search(sig, 0, longest)
    if found is None or (found["dash"] is None and int(found["many"]) < _LEAST_PATCHES):
        return sig
    if _HOW_OFTEN.search(sig, 0, found.start()) or (found["dash"] is None and found["unit"].lower() in ("ml", "gram")):
        return sig  # "10 mL at night, 15 mL, …" may be another dose
    return f"{sig[: found.start()]} {sig[found.end() :]}"
