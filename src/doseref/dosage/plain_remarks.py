"""Remarks in plain words behind a whole dosage: what it is for, what the patient has, where and with what aids they live.

What may stand in one is a wide list of words (``remark_words.txt``), none of which can say how much, how often, when, how
long, whether, by which route or of which product something is taken. A word that is in no list is still not understood, and
one of the sig language, a number, a name or a word that turns, changes or bounds ends the matter: it is left to the
productions that refuse it.
"""

from __future__ import annotations

from doseref.dosage.as_needed import allergic
from doseref.dosage.asides import TURNING, behind_dash
from doseref.dosage.note_words import REVERSING, of_somebody_else
from doseref.dosage.remark_list import words
from doseref.dosage.remarks import PAST, complete
from doseref.dosage.state import State

_ENDS = frozenset(("END", "STOP", "COMMA", "RP", "LP", "NOTE"))
_OPENS = frozenset(("STOP", "COMMA", "NOTE", "LP", "RP", "DASH"))
"""Signs behind which a remark may stand."""
_BEHIND = frozenset(
    "FREQ ADV TIMES ROUTE WHEN T MEAL HLY AMPM TIME DAYW COURSE PRN AWAKE STAT SINGLE SITE ONCE".split()
)
"""What ends a dosage, behind which a remark may stand without a sign ("1 mg od hair")."""
_JOINS = frozenset("OF A AND SLASH AFTER IN FOR BY".split())
"""What may stand before a plain word of a remark."""
_BESIDE = frozenset(
    "acute chronic mild moderate severe recurrent resistant refractory low lower replacement transplant abuse "
    "procedure period deficiency related induced associated flare flares up ups travel new poor first upper post big heavy "
    "high failure".split()
)
"""Words that say nothing of a dose beside a plain one, and might alone: "severe asthma", "(low)"."""
_OF_A_SUBSTANCE = frozenset("deficiency deficient overload intolerance toxicity induced related poisoning".split())
"""What somebody has of a substance that is named, and does not take: "iron deficiency"."""
_OF_A_PLACE = frozenset("replacement transplant deficiency resurfacing revision".split())
"""What is done to a place of the body: "post hip replacement"."""
_AILING = frozenset(
    "rash rashes wound wounds ulcer ulcers eczema lesion lesions spots sores infection burn burns".split()
)
"""What is on a place, and no place on which each a dose is put."""
_TURNED = (TURNING | REVERSING | PAST) - _OF_A_PLACE
_PARTS = frozenset("day week month year cycle dose".split())
_BEGINS = frozenset("NEG WORD ID SITE AFTER IN SIDE POP BY SUBST U".split())
_BARE = frozenset("WORD ID AFTER SITE SUBST NEG POP".split())
"""What begins a remark without a sign before it."""
_OF_HEALTH = frozenset("pregnancy pregnant renal hepatic".split())
_LONGEST = 14
_EACH_PLACE = frozenset("{drop} {spray} {puff} {patch} {application} {strip}".split())
_ON_A_PLACE = frozenset("cream gel ointment lotion foam paste patch drops spray".split())


def plain_remark(p: State) -> bool:
    """plain-remark ::= ["/"] plain+ up to the next sign, behind a sign, or behind a whole dosage at the end of what is said:
    "(breastfeeding)", "1 mg od hair", "40 mg bd migraine prevention".

    Also asks for: NOTE, SLASH.
    """
    start = p.i
    slash = p.kinds[start] == "SLASH" and _apart(p, start)
    start += slash
    if not _whole(p):
        return False
    if slash and p.kinds[start] == "NOTE":
        p.i = start + 1  # "HS / NH CYCLE FILL"
        return True
    opened = slash or p.kinds[start - 1] in _OPENS or behind_dash(p)
    end = stretch(p, start, opened)
    if not end:
        return False
    p.remarks.append((start, end - 1))
    p.i = end
    return True


def _whole(p: State) -> bool:
    """Whether it is said how much and how often, or how often something is put on that has no dose."""
    return complete(p) or (p.clause.form in _ON_A_PLACE and p.clause.timed_beside_total())


def ahead(p: State) -> bool:
    """plain-ahead ::= plain-remark whose first word could be read as a place, or as what is taken: "bd chest infection",
    "od iron deficiency".

    Also asks for: SITE, SUBST, WORD.
    """
    after = p.kinds[p.i + 1]
    return p.kinds[p.i] in ("SITE", "SUBST") and after in ("WORD", "SITE") and plain_remark(p)


def bracketed(p: State) -> bool:
    """plain-bracket ::= "(" (plain | progress | ",")+ ")": "(ankle sprain)", "(DVT leg, month 2 of 3)".

    Also asks for: COMMA, RP.
    """
    kinds, i, worded = p.kinds, p.i + 1, False
    if not _whole(p):
        return False
    p.depth += 1
    while True:
        end = stretch(p, i, True)
        worded = worded or bool(end)
        end = end or (_progress(p, i) if worded else i)
        if end == i or kinds[end] != "COMMA":
            break
        i = end + 1
    p.depth -= 1
    if end == i or kinds[end] != "RP":
        return False
    p.remarks.append((p.i + 1, end - 1))
    p.i = end + 1
    return True


def stretch(p: State, start: int, opened: bool) -> int:
    """Where a stretch of plain words that begins at ``start`` ends; 0 where none does, or where it could be of the dosage.

    Also asks for: AFTER, SITE, SUBST, WORD.
    """
    kind = p.kinds[start]
    if kind not in _BEGINS or (not opened and kind not in _BARE):
        return 0
    if not opened and not _finished(p, start - 1):
        return 0
    end = _end(p, start)
    if not opened and p.tokens.words(start, end) == ["af"]:
        return 0  # the diagnosis, or "after food"
    return end if end and _quiet(p, start, end) else 0


def _finished(p: State, i: int) -> bool:
    """Whether a dosage can end with the token at ``i``: a frequency, a time, a length ("5 days", "5/7").

    Also asks for: NUM, SLASH.
    """
    kind = p.kinds[i]
    return kind in _BEHIND or (kind == "NUM" and p.kinds[i - 1] == "SLASH" and p.values[i] in (7, 12, 52))


def _apart(p: State, i: int) -> bool:
    """Whether the stroke at ``i`` stands between spaces, as a sign between remarks."""
    begin, end = p.tokens.span(i)
    return p.tokens.text[begin - 1 : begin] == " " and p.tokens.text[end : end + 1] == " "


def _quiet(p: State, start: int, end: int) -> bool:
    """Whether no word of the stretch, those without meaning in the sig language among them, turns or changes anything."""
    said = p.tokens.raw[p.tokens.last[start - 1] + 1 : p.tokens.first[end]]
    return _TURNED.isdisjoint(said) and not of_somebody_else(list(said))


def _end(p: State, i: int) -> int:
    """Where a stretch of plain words that begins at ``i`` ends, at a sign; 0 where another word stands in it.

    Also asks for: POP, SITE, SLASH, SUBST, WORD.
    """
    kinds, start, plain = p.kinds, i, 0
    while kinds[i] not in _ENDS and not (kinds[i] == "SLASH" and _apart(p, i)) and not _dashed(p, i):
        if i - start > _LONGEST:
            return 0
        kind = kinds[i]
        if _counts(p, i, start):
            plain += 1
        elif kind == "POP":
            plain += _raw(p, i) in _OF_HEALTH
        elif (kind == "WORD" and _beside(p, i)) or (_side(p, i) and kinds[i + 1] in ("SITE", "WORD")):
            pass
        elif kind == "NEG" and kinds[i + 1] == "WORD" and allergic(p, i):
            plain += 1
        elif kind == "SITE":
            if not _no_place_of_giving(p) and _raw(p, i) not in _AILING:
                return 0
        elif (after := max(_progress(p, i), _year(p, i) if plain else i)) > i:
            i = after
            continue
        elif kind not in _JOINS or kinds[i + 1] not in ("WORD", "SITE", "SIDE", "A"):
            return 0
        i += 1
    return i if plain else 0


def _counts(p: State, i: int, start: int) -> bool:
    """Whether the token at ``i`` is a plain word, or names what somebody lacks or had done ("iron deficiency", "hip
    replacement").

    Also asks for: ID, SITE, SUBST, WORD.
    """
    kind = p.kinds[i]
    if kind in ("WORD", "ID") and _is_plain(p, i):
        return True
    if kind == "SUBST" and (_raw(p, i + 1) in _OF_A_SUBSTANCE or (_raw(p, i - 1) == "low" and i > start)):
        return True
    return kind in ("WORD", "SUBST") and p.kinds[i - 1] == "SITE" and i > start and _raw(p, i) in _OF_A_PLACE


def _raw(p: State, i: int) -> str:
    """The first word of token ``i``."""
    return p.tokens.raw[p.tokens.first[i]]


def _side(p: State, i: int) -> bool:
    """Whether the word says on which side somebody is ill, and nothing is put on a place.

    Also asks for: SIDE, U, WORD.
    """
    said = p.kinds[i] == "SIDE" or (p.kinds[i] in ("U", "WORD") and _raw(p, i) in ("l", "r"))
    return said and _no_place_of_giving(p)


def _is_plain(p: State, i: int) -> bool:
    """Whether every word of the token is one that may stand in a remark; "c-section" counts by its second part."""
    said = p.tokens.words(i, i + 1)
    if len(said) == 1 and len(said[0]) == 1:
        first = p.tokens.first[i]
        return said[0] in "chtx" and p.tokens.raw[first + 1] == "-" and p.kinds[i + 1] == "WORD"
    if len(said) > 1:
        return True  # a phrase of the lexicon: "period pain"
    return said[0].removesuffix("'s") in words()


def _beside(p: State, i: int) -> bool:
    """Whether the word says nothing of the dose beside a plain one, which stands there.

    Also asks for: SITE, SUBST, WORD.
    """
    said = p.tokens.words(i, i + 1)
    if said[0] == "low" and p.kinds[i + 1] == "SUBST":
        return True
    return said[0] in _BESIDE and (p.kinds[i - 1] in ("WORD", "SITE") or p.kinds[i + 1] in ("WORD", "SITE"))


def _no_place_of_giving(p: State) -> bool:
    """Whether a place of the body can only be the ailing one: nothing is put on, in or up a place."""
    clause = p.clause
    placed = (clause.count is not None and clause.count[2] in _EACH_PLACE) or clause.form in _ON_A_PLACE
    return not placed


def _progress(p: State, i: int) -> int:
    """progress ::= ("day" | "week" | "month" | "cycle") NUM [(OF | SLASH) NUM] before a sign in a bracket: how far a course
    is; ``i`` itself where it is none.

    Also asks for: COMMA, NUM, OF, RP, SLASH.
    """
    kinds, values = p.kinds, p.values
    if _raw(p, i) not in _PARTS or kinds[i + 1] != "NUM" or not p.depth:
        return i
    after = i + 2
    if kinds[after] in ("OF", "SLASH") and kinds[after + 1] == "NUM" and values[i + 1] <= values[after + 1]:
        after += 2
    return after if kinds[after] in ("RP", "COMMA") else i


def _year(p: State, i: int) -> int:
    """Behind the year at token ``i`` at the end of a remark ("post MI 2021"); ``i`` itself where none stands there.

    Also asks for: NUM.
    """
    word = _raw(p, i)
    told = p.kinds[i] == "NUM" and word.isdigit() and len(word) == len("2021") and word.startswith(("19", "20"))
    return i + (told and p.kinds[i + 1] in _ENDS)


def _dashed(p: State, i: int) -> bool:
    """Whether a dash with a space behind it stands at ``i``: a sign between remarks.

    Also asks for: DASH.
    """
    return p.kinds[i] == "DASH" and p.tokens.text[p.tokens.span(i)[1] :][:1] == " "
