"""Productions for what it is taken for: as needed, its reason, how bad, from which reading on."""

from __future__ import annotations

from doseref.dosage.amounts import NUMBER_KINDS
from doseref.dosage.failing import failing
from doseref.dosage.note_words import SOMEBODY
from doseref.dosage.reasons import REASON_HEADS, REASONS
from doseref.dosage.state import State


def as_needed(p: State) -> bool:
    """as-needed ::= PRN (unmoved | [FOR | WITH | COMMA] [reason]).

    Also asks for: A, GT, LE, LP, MAX, NUM, RP, SITE, UPTO, WORD.
    """
    clause = p.clause
    p.i += 1
    if clause.prn and not clause.prn_for:
        clause.prn = True
    clause.prn = True
    if unmoved(p):
        return True
    if p.kinds[p.i] == "COMMA" and p.kinds[p.i + 1] == "WORD" and p.tokens.raw[p.tokens.first[p.i + 1]] in REASONS:
        p.i += 1  # "PRN, nausea", as order systems write it
    told = (
        p.kinds[p.i] == "WITH" and p.tokens.raw[p.tokens.first[p.i + 1]] in REASON_HEADS  # "prn with migraine"
    ) or (
        p.kinds[p.i] == "FOR"
        and p.kinds[p.i + 1] not in NUMBER_KINDS
        and p.kinds[p.i + 1] not in ("UPTO", "LE", "A", "MAX")
    )
    if told:
        p.i += 1
    bracketed = p.kinds[p.i] == "LP" and p.kinds[p.i + 1] in ("WORD", "SITE")
    if bracketed:
        p.i += 1
    words = measured(p) or reason(p, told or bracketed or may_be_reason(p, p.i))
    if words and p.kinds[p.i] in ("NUM", "LP"):
        scale(p)
    if bracketed and p.kinds[p.i] != "RP":
        p.depth += 1
    elif bracketed:
        p.i += 1
    if words:
        clause.prn_for = words
    threshold(p)
    return True


_MEASURED = frozenset("sbp dbp bp map".split())
"""What is measured of a blood pressure; "hr" is an hour as well."""


def measured(p: State) -> str:
    """measured ::= ("SBP" | "DBP" | "BP" …) before GT | LE: the pressure from which on it is needed ("prn SBP > 180").

    Also asks for: GT, LE, WORD.
    """
    word = p.tokens.raw[p.tokens.first[p.i]]
    if p.kinds[p.i] != "WORD" or word not in _MEASURED or p.kinds[p.i + 1] not in ("GT", "LE"):
        return ""
    p.i += 1
    return word


_DEGREES = frozenset(
    "lb lbs pounds kg kilos f c fahrenheit celsius deg degrees degree mmhg systolic diastolic bpm".split()
)


def threshold(p: State) -> bool:
    """threshold ::= (GT | LE) NUM [SLASH NUM] [degrees] [gained] [(OR | AND) "DBP" threshold]: the reading from which on it is
    needed; no number of anything taken.

    Also asks for: APART, BAD, BETWEEN, C, FREQ, T, U, WORD.
    """
    kinds, i = p.kinds, p.i
    if kinds[i] not in ("GT", "LE") or kinds[i + 1] != "NUM" or not p.clause.prn_for:
        return False
    i += 4 if kinds[i + 2] == "SLASH" and kinds[i + 3] == "NUM" else 2
    while (kinds[i] == "BAD" and p.tokens.raw[p.tokens.first[i]] in ("°", "º")) or (
        kinds[i] in ("WORD", "U") and p.tokens.raw[p.tokens.first[i]] in _DEGREES
    ):
        i += 1
    i = _gained(p, i)
    if (
        kinds[p.i] == "GT"
        and kinds[i] == "T"
        and p.values[i] in ("s", "min")
        and kinds[i + 1] not in ("APART", "BETWEEN")
    ):
        i += 1  # "for a seizure > 5 min": how long it lasts
    if kinds[i] in ("U", "C", "T", "FREQ", "NUM"):
        p.tell("a threshold", p.i, i - 1)
    p.i = i
    if kinds[i] in ("OR", "AND") and p.tokens.raw[p.tokens.first[i + 1]] in _MEASURED and kinds[i + 2] in ("GT", "LE"):
        p.i = i + 2  # "SBP > 180 or DBP > 110"
        if not threshold(p):
            p.i = i
    return True


_WEIGHTS = frozenset("lb lbs pound pounds kg kgs kilo kilos".split())


def _gained(p: State, i: int) -> int:
    """gained ::= (IN | PER | SLASH | A) [A | NUM] T [OR [GT] NUM weight gained], behind a weight: in what time it is gained, "> 3 lb
    in 1 day or 5 lb in 1 week"; ``i`` itself where no such words stand there.

    Also asks for: GT, NUM, OR, T.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    if raw[first[i - 1]] not in _WEIGHTS or kinds[i] not in ("IN", "PER", "SLASH", "A"):
        return i
    end = i + 1 + (kinds[i + 1] in ("A", "NUM"))
    if kinds[end] != "T" or p.values[end] not in ("h", "d", "wk"):
        return i
    end += 1
    again = end + 1 + (kinds[end + 1] == "GT")
    if kinds[end] == "OR" and kinds[again] == "NUM" and raw[first[again + 1]] in _WEIGHTS:
        return _gained(p, again + 2) if _gained(p, again + 2) > again + 2 else end
    return end


def scale(p: State) -> None:
    """scale ::= ["("] ["scale" | "score" | "level" …] NUM [(DASH | TO) NUM] [")"]: how bad a pain is, on a scale to
    ten.

    Also asks for: OR, SLASH, WORD.
    """
    kinds, values = p.kinds, p.values
    i = p.i
    bracketed = kinds[i] == "LP"
    word = p.tokens.raw[p.tokens.first[i - 1]]
    i += bracketed
    while kinds[i] == "WORD" and bracketed:
        word = p.tokens.raw[p.tokens.first[i]]
        i += 1
    of_ten = any(kinds[j : j + 2] == ["SLASH", "NUM"] and values[j + 1] == _WORST for j in (i + 1, i + 3))
    if (
        not (bracketed or word in ("scale", "score", "level", "rating") or (of_ten and word in ("pain", "pains")))
        or kinds[i] != "NUM"
        or values[i] > _WORST
    ):
        return
    i += 1
    if kinds[i] in ("DASH", "TO") and kinds[i + 1] == "NUM" and values[i + 1] <= _WORST:
        i += 2
    if kinds[i] == "SLASH" and kinds[i + 1] == "NUM" and values[i + 1] == _WORST:
        i += 2
    if bracketed and kinds[i] != "RP":
        return
    p.i = i + bracketed
    if bracketed and kinds[p.i : p.i + 2] == ["OR", "WORD"] and p.tokens.raw[p.tokens.first[p.i + 1]] in REASONS:
        p.i += 2  # "mild pain (1-3) or fever"


def scaled(p: State) -> bool:
    """scaled ::= "(" WORD+ "(" NUM [DASH NUM] ")" ")" behind what is taken as needed: "(moderate pain (4-6))".

    Also asks for: DASH, LP, RP, TO.
    """
    kinds, values, i = p.kinds, p.values, p.i + 1
    while kinds[i] == "WORD" and p.tokens.raw[p.tokens.first[i]] in _HOW_BAD:
        i += 1
    if not p.clause.prn or i == p.i + 1 or kinds[i : i + 2] != ["LP", "NUM"]:
        return False
    end = i + 4 if kinds[i + 2] in ("DASH", "TO") and kinds[i + 3] == "NUM" else i + 2
    if kinds[end : end + 2] != ["RP", "RP"] or values[end - 1] > _WORST:
        return False
    p.i = end + 2
    return True


_HOW_BAD = frozenset("mild moderate severe pain worst very intense".split())
_WORST = 10
"""The worst pain on the scale."""


def if_(p: State) -> bool:
    """if ::= unmoved | failing | IF [somebody] reason [how-bad]: as needed for that."""
    start = p.i
    if unmoved(p) or failing(p):
        return True
    p.i += 1
    somebody(p)
    words = reason(p, False)
    if words is None:
        p.i = start
        return False
    how_bad(p)
    conditional(p)
    p.clause.prn_for = p.clause.prn_for or words
    threshold(p)
    return True


_WHO = frozenset("i you he she".split())
_HAS = frozenset("have has get gets feel feels".split())


def somebody(p: State) -> None:
    """somebody ::= ("I" | "you" | "he" | "she") ("have" | "get" | "feel") [A] before a reason: "if I get a headache".

    Also asks for: A.
    """
    raw, first, i = p.tokens.raw, p.tokens.first, p.i
    if raw[first[i]] not in _WHO or raw[first[i + 1]] not in _HAS:
        return
    i += 2
    i += p.kinds[i] == "A"
    if raw[first[i]] in REASON_HEADS:
        p.i = i


_WORSENS = frozenset(
    "bad troublesome flare flares flaring acting playing act acts play plays kick kicks start starts begins strikes".split()
)
_UP_OR_IN = frozenset(("up", "in"))


def how_bad(p: State) -> None:
    """how-bad ::= ["is" | "are"] "bad" | "starts" | "act up" … up to a sign or how often, behind a reason: "when allergies are bad".

    Also asks for: ADV, COMMA, END, FREQ, IN, NOTE, NUM, ONCE, RP, STOP, WORD.
    """
    kinds, raw, first, i = p.kinds, p.tokens.raw, p.tokens.first, p.i
    i += kinds[i] == "NOTE" and raw[first[i]] in ("is", "are")
    if kinds[i] != "WORD" or raw[first[i]] not in _WORSENS:
        return
    i += 1
    if kinds[i] in ("WORD", "IN") and raw[first[i]] in _UP_OR_IN:
        i += 1
    if kinds[i] in ("END", "STOP", "COMMA", "RP", "NUM", "FREQ", "ADV", "ONCE"):
        p.i = i


_RAISES = frozenset(("TITR", "RAISE", "STEPBY", "UPTO"))
_SENTENCE = frozenset(("STOP", "THEN", "RP"))
_REACH = 14
"""A condition is that of a goal at most so many words before it."""


def conditional(p: State) -> None:
    """A condition was told: its dose is taken as needed. Of two doses one is taken all the same ("50 mg, or 100 mg if in
    pain"), and the condition of a raised dose leaves the first as it is ("daily, may increase to twice daily if no BM").
    """
    raised = False
    for kind in reversed(p.kinds[max(0, p.i - _REACH) : p.i]):
        raised = kind in _RAISES
        if raised or kind in _SENTENCE:
            break
    if not (raised and p.target is not None and p.clause.timed):
        p.clause.prn = p.clause.link != "or"


_STOOLS = frozenset("bm bms stool stools movement movements".split())


def unmoved(p: State) -> bool:
    """unmoved ::= [IF | FOR] "no" ["bowel"] ("BM" | "stool" | "movement") [(X | FOR | IN) NUM T] up to a sign: "prn if
    no BM x 3 days". The days are those without a stool, and no course.

    Also asks for: COMMA, END, NEG, PRN, RP, SITE, STOP, WORD.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    start = i = p.i + (kinds[p.i] in ("IF", "FOR"))
    if kinds[i] != "NEG" or raw[first[i]] != "no" or not p.clause.dosed:
        return False
    i += 1
    if kinds[i] in ("WORD", "SITE") and raw[first[i]] == "bowel":
        i += 1
    if kinds[i] != "WORD" or raw[first[i]] not in _STOOLS:
        return False
    i += 1
    if kinds[i] in ("X", "FOR", "IN") and kinds[i + 1 : i + 3] == ["NUM", "T"]:
        i += 3
    if kinds[i] not in ("END", "STOP", "COMMA", "RP"):
        return False
    conditional(p)
    if kinds[p.i - 1] == "PRN":
        p.clause.prn_for = p.clause.prn_for or p.tokens.said(start, i)
    p.i = i
    return True


_LINKS = frozenset(("OF", "TO", "IN", "A", "WITH", "BETWEEN", "AND", "OR", "SLASH", "DASH", "BY", "AFTER", "ON"))
"""What may join two words of a reason: "inflammation of the gut", "pain after surgery"."""
SLIPS = tuple("dail hour week mont twic twis thri evry evey ever once time tabl caps fort".split())
"""Beginnings of misspelled words of frequency, which are no reason."""


def may_be_reason(p: State, i: int) -> bool:
    """Whether an unknown word behind "as needed" or "for" may be a reason."""
    word = p.tokens.raw[p.tokens.first[i]]
    kind = p.kinds[i]
    if kind == "NEG":
        return allergic(p, i)
    if word in SOMEBODY or (word.endswith("'s") and word[:-2] in SOMEBODY):
        return False  # "for mother"
    if word in REASONS or kind in ("SITE", "SIDE"):
        return True
    if kind == "WORD" and p.tokens.last[i] > p.tokens.first[i]:
        return True  # a phrase of the lexicon: "C. diff"
    long = len(word) > 3 or (len(word) == 3 and p.kinds[i + 1] in ("WORD", "SITE"))  # "hot flashes", "dry skin"
    return kind == "WORD" and long and word.isalpha() and not word.startswith(SLIPS)


_ALLERGIC = frozenset(
    "season relief flare flares attack rhinitis conjunctivitis reaction reactions symptoms asthma dermatitis eczema "
    "cough sinusitis itch itching".split()
)


def allergic(p: State, i: int) -> bool:
    """Whether "allergy" or "allergic rhinitis" is what something is taken for, and no warning."""
    raw, first = p.tokens.raw, p.tokens.first
    word, after = raw[first[i]], raw[first[i + 1]]
    if word == "allergic":
        return after in _ALLERGIC
    return word == "allergy" and (p.kinds[i + 1] in ("END", "STOP", "COMMA") or after in _ALLERGIC)


def reason(p: State, told: bool) -> str | None:
    """reason ::= word+: reason words; after "as needed for" any word up to the next sign or structure.

    Also asks for: A, AND, COMMA, DASH, END, GT, ID, NEG, OF, SIDE, SITE, SLASH, STOP, SUBST, TAPER, TO, WHEN, WORD.
    """
    kinds = p.kinds
    tokens = p.tokens
    first = i = p.i
    while True:
        kind = kinds[i]
        if kind == "END":
            break
        word = tokens.raw[tokens.first[i]]
        after = kinds[i + 1]
        if (
            (kind in ("WORD", "SITE", "SIDE") and (word in REASONS or told or (word == "t" and after == "GT")))
            or (
                word in REASONS
                and i > first
                and not (kind == "TO" and after in ("SITE", "SIDE"))
                and (after in ("WORD", "SITE", "SIDE") and (told or tokens.raw[tokens.first[i + 1]] in REASONS))
            )
            or (
                kind in ("SLASH", "COMMA", "AND")
                and i > first
                and after == "WORD"
                and tokens.raw[tokens.first[i + 1]] in REASON_HEADS
            )
            or (told and kind == "NEG" and allergic(p, i))
            or (told and kind in ("ID", "SUBST", "TAPER") and i > first)
            or (told and kind == "SUBST" and after in ("WORD", "END", "STOP", "COMMA"))
            or (told and kind == "WHEN" and (i > first or after == "WORD"))
            or (
                told and kind in _LINKS and i > first and after in ("WORD", "SUBST", "A") and kinds[i - 1] not in _LINKS
            )
            or (told and kind == "A" and i > first and kinds[i - 1] in _LINKS and after in ("WORD", "SUBST"))
            or (kind == "OF" and told and i > first and after in ("SITE", "SIDE"))
            or (kind == "DASH" and i > first and after == "WORD")
        ):
            i += 1
        else:
            break
    if i == first:
        return None
    p.i = i
    return tokens.said(first, i)
