"""The production for a drug's name before the dosage: words that are no part of what is taken and when."""

from __future__ import annotations

from doseref.dosage import counts, routes
from doseref.dosage.state import State

_WORDS = ("WORD", "ID", "SUBST")
_NAME_KINDS = frozenset((*_WORDS, "HASH", "PLUS", "EACHW"))
_JOINTS = frozenset(("NEG", "SLASH", "DASH", "SITE", "SIDE", "INIT", "AND", "WITH"))
"""What may stand inside a name where another word of it follows; "extra" is the one negation that does."""
_BETWEEN = frozenset(("REL", "COMMA", "STOP", "LP", "TAKE", "RP", "INIT", "DASH", "ROUTE", "FORM", "C", "OR"))
"""What may stand between a name and the amount that shows that it was one."""
_AMOUNTS = frozenset(("NUM", "A", "HALF", "FR", "POW", "ROMAN", "BAD"))


_BULLETS = frozenset("•·‣▪◦●○–")
_MOST_LISTED = 99


def list_mark(p: State) -> None:
    """list-mark ::= (NUM ("." | ")") | "(" NUM ")" | "-" | "*" | bullet) before a word: the place in a list, never a
    count.

    Also asks for: BAD, C, FORM, TAKE.
    """
    kinds, values = p.kinds, p.values
    raw = p.tokens.raw[0]
    i = 0
    if kinds[0] == "LP" and kinds[1] == "NUM" and kinds[2] == "RP":
        i = 3
    elif kinds[0] == "NUM" and (kinds[1] == "RP" or (kinds[1] == "STOP" and p.tokens.raw[p.tokens.first[1]] == ".")):
        i = 2
    elif kinds[0] in ("DASH", "STAR") or (kinds[0] == "BAD" and raw in _BULLETS):
        i = 1
    if not i:
        return
    if i > 1 and not (values[i - 2] == int(values[i - 2]) and values[i - 2] <= _MOST_LISTED):
        return
    if kinds[i] in (*_WORDS, "TAKE", "C", "FORM") or (i == 2 and kinds[1] == "RP") or raw in _BULLETS:
        p.i = i


def age_band(p: State) -> None:
    """age-band ::= ["("] NUM (DASH | TO) NUM years [")"] right behind a product's name: for whom it is ("Children's
    Panadol 1-5 years"). A second one is told, as it tells another dose.

    Also asks for: COURSE, DASH, END, LP, RP, T, TO.
    """
    kinds, i = p.kinds, p.i
    bracketed = kinds[i] == "LP"
    i += bracketed
    if kinds[i] != "NUM" or kinds[i + 1] not in ("DASH", "TO"):
        return
    if kinds[i + 2 : i + 4] != ["NUM", "T"] or p.values[i + 3] != "a" or kinds[i + 4] in ("END", "COURSE"):
        return
    if bracketed != (kinds[i + 4] == "RP"):
        return
    p.remarks.append((i, i + 3))
    p.i = i + 4 + bracketed


def name(p: State) -> None:
    """name ::= [TAKE] [C | FORM] [hours] word (word | "#" NUM | joint word | "(" words ")" | number inside a name)*,
    before an amount.
    """
    form, first = _begin(p)
    if p.kinds[first] not in _WORDS:
        return
    end, known = _end(p, first)
    after = end
    while p.kinds[after] in _BETWEEN:
        after += 1
    if not known and p.kinds[after] not in _AMOUNTS:
        return
    if p.kinds[p.i] == "TAKE":
        routes.method(p)
    if p.kinds[form] in ("C", "FORM"):
        p.i = form
        counts.form_word(p)
    p.i = end
    p.named = True


def _begin(p: State) -> tuple[int, int]:
    """Where a form before the name stands ("tab. ibuprofen"), and where the name begins."""
    kinds = p.kinds
    i = p.i
    while kinds[i] == "TAKE":
        i += 1
    form = i
    if kinds[i] in ("C", "FORM") and (kinds[i + 1] in _WORDS or (kinds[i + 1] == "STOP" and kinds[i + 2] in _WORDS)):
        i += 2 if kinds[i + 1] == "STOP" else 1
    elif i and kinds[i] == "STOP" and kinds[i + 1] in _WORDS:
        i += 1
    if kinds[i] == "NUM" and kinds[i + 1] == "T" and p.values[i + 1] == "h" and kinds[i + 2] in _WORDS:
        i += 2  # RxNorm's "12 HR oxycodone …"
    return form, i


def _end(p: State, first: int) -> tuple[int, bool]:
    """Where the words of a name end, and whether every one of them is a known ingredient."""
    i, known = first, True
    while True:
        if _is_word(p, i, first) and p.kinds[i] != "HASH":
            known = known and p.kinds[i] == "SUBST"
        step = _step(p, i, first)
        if not step:
            return i, known
        i += step


_MOST_NUMBERED = 4
"""The highest number that is part of a product's name (codeine with acetaminophen No.
4); more is how many are handed out.
"""


def _is_word(p: State, i: int, first: int) -> bool:
    kind = p.kinds[i]
    if kind in _NAME_KINDS:
        return True
    if kind == "HASH" and p.kinds[i + 1] == "NUM" and i > first:
        return bool(p.values[i + 1] <= _MOST_NUMBERED)  # "Tylenol #3: …"
    if i == first or kind not in _JOINTS or p.kinds[i + 1] not in (*_WORDS, "EACHW"):
        return False
    return kind != "NEG" or p.tokens.raw[p.tokens.first[i]] == "extra"


def _step(p: State, i: int, first: int) -> int:
    """How many tokens at ``i`` go on with the name; 0 where it ends."""
    kinds, kind = p.kinds, p.kinds[i]
    raw = p.tokens.raw
    if _is_word(p, i, first):
        return 2 if kind == "HASH" and kinds[i + 1] == "NUM" else 1
    if kind == "T":
        return int(raw[p.tokens.first[i]] == "d" and kinds[i - 1] == "PLUS")  # "calcium + D"
    if kind == "STOP":  # "Vit. D"
        return int(i == first + 1 and kinds[i + 1] in _WORDS and len(raw[p.tokens.first[first]]) <= 4)
    if kind == "LP" and i > first and kinds[i + 1] in _WORDS:
        return _bracketed(p, i)
    if kind == "U":
        return int(p.values[i] == "{cells}" and kinds[i + 1] in ("NUM", "A"))
    if i > first and kind == "NUM":
        if kinds[i + 1] == "SLASH" and kinds[i + 2] == "NUM" and p.values[i] + p.values[i + 2] == 100:
            return 3  # "Humulin 70/30"
        return 1 + (kinds[i + 1] == "T") if _inside_name(p, i) else 0
    if i == first or kind not in ("WHEN", "NOTE"):
        return 0
    return int(kinds[i + 1] in ("NUM", "HALF", "A") and p.tokens.last[i] == p.tokens.first[i])


def _bracketed(p: State, i: int) -> int:
    """The length of "(words)" at ``i``, 0 where the bracket holds anything else."""
    j = i + 1
    while p.kinds[j] in _WORDS:
        j += 1
    return j + 1 - i if p.kinds[j] == "RP" else 0


def _inside_name(p: State, i: int) -> bool:
    """Whether the number at ``i`` belongs to the name: a later number, and not a unit, tells what the dose is."""
    kinds = p.kinds
    after = kinds[i + 1]
    if after == "NUM" and p.tokens.raw[p.tokens.first[i + 1]][0] == ".":
        return False  # "warfarin 2 .5 mg"
    if after == "T" and kinds[i + 2] == "NUM":
        return bool(p.values[i + 1] == "h")
    if after == "PLUS" and (kinds[i + 2] in ("ID", "SUBST") or p.tokens.raw[p.tokens.first[i + 2]] == "d"):
        return True
    return after in ("A", "TAKE", "HALF") or (
        after == "NUM" and kinds[i + 2] in ("C", "U", "HH", "FREQ", "DASH", "TIMES")
    )
