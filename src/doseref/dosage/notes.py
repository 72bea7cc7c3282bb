"""Notes to somebody else around a whole instruction: to a laboratory, a clinic, a pharmacy, an insurer, the next doctor.

What makes a note is who is spoken to and of what, not its wording. It stands behind a sign, once it is said how much is
taken and how often; it names a thing that is looked at, attended, handed out or agreed, and nobody swallows such a thing;
and nothing in it could be a dose or change one: no amount, no bare number, no condition, no limit, no word that turns
round, raises, lowers, adds or ends. A figure is bound to a date, a length of time or what was measured; a frequency to
the thing that is done so often ("FBC monthly"). Anything else is left to the productions that refuse it.

A note is kept as a remark, and told: "left aside".
"""

from __future__ import annotations

from doseref.dosage import happenings
from doseref.dosage.amounts import NUMBER_KINDS
from doseref.dosage.as_needed import SLIPS
from doseref.dosage.asides import TURNING
from doseref.dosage.dates import MONTHS, date_at
from doseref.dosage.near_words import doubtful
from doseref.dosage.note_words import (
    ADVISED,
    AGREED,
    ATTENDED,
    HANDED,
    LOOKED_AT,
    MEASURED,
    OF_THE_DRUG,
    PEOPLE,
    REVERSING,
    TAKING,
    WARNED,
    of_somebody_else,
)
from doseref.dosage.remarks import PAST, complete
from doseref.dosage.state import State

_THINGS = LOOKED_AT | ATTENDED | HANDED
"""What is done or fetched at a frequency of its own."""
_ANCHORS = _THINGS | AGREED | PEOPLE | WARNED | ADVISED | {"apart"}
_SHORT = AGREED | HANDED
"""What makes a note by itself, between signs: "Webster", "S8"."""
_ENDS = frozenset(("END", "STOP", "COMMA", "LP", "RP"))
_PLAIN = frozenset(
    "WORD SUBST SITE SIDE OF TO IN ON AT WITH FOR BY A NOTE FORM COURSE AS INTO WATER AND ROUTE AFTER BEFORE SLASH "
    "PERIOD TAKE DISP POP REL TODAY EYE HASH AMPM BETWEEN".split()
)
"""Kinds of words that say nothing of how much or how often, as long as no number stands among them."""
_OFTEN = frozenset("ADV DAYW EVERY FREQ ONCE".split())
_AT_A_PLACE = frozenset(("AT", "BY", "IN", "ONCE", "FREQ"))
"""Beside these, a frequency could be that of taking: "Mondays at the clinic", "pharmacy says bd"."""
_LONGEST = 24
_FEWEST_LETTERS = 3
_LEAST_REFERENCE = 1000
"""The number of an approval has at least four figures."""
BEGINS = frozenset("ADV DAYW COURSE SITE FORM TAKE NOTE FREQ REPEAT FOR WITH TO C SUBST NUM".split())
"""What other productions would take as part of the dosage."""


class Seen:
    """What stands in one stretch up to the next sign."""

    __slots__ = ("end", "often", "plain", "words")

    def __init__(self) -> None:
        self.end = 0
        self.words: set[str] = set()
        self.often = False
        self.plain = 0


def opened(p: State) -> bool:
    """Whether a sign stands before what is at hand."""
    return p.kinds[p.i - 1] == "LP" or happenings.opened(p)


def note(p: State) -> bool:
    """note ::= a stretch up to the next sign that holds nothing of a dosage, where no other production applies.

    Two words at least; one alone only where it names what is handed out or agreed. Without a sign before it where it
    begins with what is looked at ("od TFTs 6 monthly").

    Also asks for: SLASH.
    """
    if not complete(p) or p.kinds[p.i] == "SLASH":
        return False
    first = p.tokens.raw[p.tokens.first[p.i]]
    if not (opened(p) or first in _SHORT or first in LOOKED_AT):
        return False
    seen = _seen(p)
    if seen is None:
        return False
    anchored = bool(seen.words & _ANCHORS)
    phrase = p.tokens.last[p.i] > p.tokens.first[p.i]  # of the lexicon: "H. pylori"
    if seen.end == p.i + 1 and not (seen.words & (_SHORT | LOOKED_AT) or phrase):
        return False
    return (anchored or phrase or (seen.plain > 1 and not seen.words & PAST)) and _taken(p, seen)


def to_somebody(p: State) -> bool:
    """to-somebody ::= cancels-another | goes-no-further."""
    word = p.tokens.raw[p.tokens.first[p.i]]
    if word not in _SPOKEN_TO or not complete(p) or not opened(p):
        return False
    return cancels_another(p) or goes_no_further(p)


def cancels_another(p: State) -> bool:
    """cancels-another ::= "pharmacy" [STOP] ("d/c" | "cancel" …) [amount] ("rx" | "script" …): what the pharmacy is to
    take off its list, which is another strength than this one: "pharmacy: please d/c the 100 mg rx".

    Also asks for: NUM, STOP, U.
    """
    kinds, i = p.kinds, p.i + 1
    i += kinds[i] == "STOP"
    start = i
    while kinds[i] not in _ENDS and i - start < _LONGEST:
        i += 1
    words = p.tokens.words(start, i)
    amounts = [at for at in range(start, i) if kinds[at] == "NUM"]
    if not words or words[-1] not in _WRITTEN or not _CANCELS.intersection(words) or len(amounts) != 1:
        return False
    at, own = amounts[0], [(each.high, each.unit) for clause in p.clauses for each in clause.masses]
    own += [(each.amount, each.unit) for clause in p.clauses for each in clause.strengths]
    if kinds[at + 1] != "U" or not own or (p.values[at], p.values[at + 1]) in own:
        return False
    if any(unit != p.values[at + 1] for _, unit in own):
        return False
    p.remarks.append((p.i, i - 1))
    p.i = i
    return True


def goes_no_further(p: State) -> bool:
    """goes-no-further ::= "GP" [STOP] ("do not" | "not to") ("continue" | "repeat" | …) up to the sign: to the one who
    goes on with it, that what is handed out now is all.

    Also asks for: STOP.
    """
    i = p.i + 1
    i += p.kinds[i] == "STOP"
    end = i
    while p.kinds[end] not in _ENDS and end - i < _LONGEST:
        end += 1
    words = set(p.tokens.raw[p.tokens.first[i] : p.tokens.first[end]])
    if "not" not in words or not words & _GOES_ON or not words <= _GOES_ON | _AROUND_IT:
        return False
    p.remarks.append((p.i, end - 1))
    p.i = end
    return True


_SPOKEN_TO = frozenset("pharmacy pharmacist rph gp gps pcp".split())
_CANCELS = frozenset("cancel cancels discontinue void disregard inactivate dc d".split())
_WRITTEN = frozenset("rx script scripts prescription prescriptions order orders".split())
_GOES_ON = frozenset("continue repeat reissue renew prescribe represcribe".split())
_AROUND_IT = frozenset("please do not to this further on long term re issue kindly after discharge add".split())


def ahead(p: State) -> bool:
    """note-ahead ::= a note that names its thing, before a word that could be read as part of the dosage: "monthly
    test", "repeat TSH in 6 weeks".

    Also asks for: ADV, NUM.
    """
    kind = p.kinds[p.i]
    if kind not in BEGINS or not complete(p) or not opened(p):
        return False
    if kind == "NUM" and not (_apart(p, p.i) > p.i or p.kinds[p.i + 1] == "ADV"):
        return False
    seen = _seen(p)
    if seen is None or not seen.words & _ANCHORS or (seen.end == p.i + 1 and not seen.words & _SHORT):
        return False
    return _taken(p, seen)


def _taken(p: State, seen: Seen) -> bool:
    """Keep the note, and go on behind it; not where an amount follows it in the same bracket, which would be a strength
    there.

    Also asks for: COMMA, STOP.
    """
    if p.depth and p.kinds[seen.end] in ("COMMA", "STOP") and p.kinds[seen.end + 1] in NUMBER_KINDS:
        return False
    p.remarks.append((p.i, seen.end - 1))
    p.i = seen.end
    return True


def _seen(p: State) -> Seen | None:
    """What stands up to the next sign; ``None`` where some of it could be of a dosage.

    Also asks for: NEG, NUM, PLUS, STOP, WORD.
    """
    kinds, i, seen = p.kinds, p.i, Seen()
    while (kinds[i] not in _ENDS and not _dashed(p, i)) or _inner_stop(p, i):
        if i - p.i > _LONGEST:
            return None
        kind = kinds[i]
        after = _figure(p, i, seen)
        if not _harmless(p, i, after == i):
            return None
        if after > i:
            i = after
            continue
        if kind == "EVERY" and p.tokens.raw[p.tokens.first[i + 1]] in ATTENDED:
            return None  # "each visit" is when it is given
        if kind in _OFTEN:
            seen.often = seen.often or kind != "DAYW" or p.tokens.raw[p.tokens.first[i + 1]] not in ADVISED
        elif kind == "NEG":
            if not _negates_a_thing(p, i, seen):
                return None
        elif not _plain(p, i):
            return None
        seen.words.update(p.tokens.words(i, i + 1))
        seen.plain += kind == "WORD" and len(p.tokens.raw[p.tokens.first[i]]) >= _FEWEST_LETTERS
        i += 1
    seen.end = i
    said = p.tokens.raw[p.tokens.first[p.i] : p.tokens.first[i]]
    return seen if i > p.i and not (_misses(p, seen) or of_somebody_else(said) or doubtful(p, p.i, i)) else None


def _misses(p: State, seen: Seen) -> bool:
    """Whether a frequency stands there that is of no thing, or could be of taking: "twice daily at clinic", "pharmacy
    says bd". What is looked at may be looked at as often as one likes.
    """
    if not seen.often:
        return False
    kinds = p.kinds[p.i : seen.end]
    if TAKING & seen.words or "TAKE" in kinds or "C" in kinds:
        return True
    if seen.words & LOOKED_AT:
        return False
    return not seen.words & _THINGS or bool(_AT_A_PLACE.intersection(kinds))


def _harmless(p: State, i: int, own: bool) -> bool:
    """Whether neither the words of token ``i``, where it is no figure, nor those without meaning before it could say that
    more, less, something else or nothing is taken.
    """
    words = p.tokens.raw[p.tokens.last[i - 1] + 1 : p.tokens.last[i] + 1 if own else p.tokens.first[i]]
    return TURNING.isdisjoint(words) and REVERSING.isdisjoint(words)


def _dashed(p: State, i: int) -> bool:
    """Whether a dash with a space behind it stands at ``i``: a sign between notes.

    Also asks for: DASH.
    """
    return p.kinds[i] == "DASH" and p.tokens.text[p.tokens.span(i)[1] :][:1] == " "


def _inner_stop(p: State, i: int) -> bool:
    """Whether the sign at ``i`` stands inside a note: "GP: recheck BP", "Dr. Smith".

    Also asks for: STOP, WORD.
    """
    if p.kinds[i] != "STOP" or i == p.i or p.kinds[i + 1] == "END":
        return False
    sign, before = p.tokens.raw[p.tokens.first[i]], p.tokens.words(i - 1, i)[-1]
    return (sign == ":" and before in _ANCHORS) or (sign == "." and before in ("dr", "no", "approx", "st"))


def _plain(p: State, i: int) -> bool:
    """Whether what stands at ``i`` says nothing of how much or how often: no misspelt word of a frequency, and no sign
    but inside a note or of an ion ("K+ 4.8").

    Also asks for: A, C, ID, PLUS, REPEAT, STOP, WORD.
    """
    kind, word = p.kinds[i], p.tokens.raw[p.tokens.first[i]]
    if kind == "WORD":
        return not word.startswith(SLIPS)
    if kind == "ID":
        return word in _ANCHORS or word in MEASURED
    if kind == "C":
        return p.kinds[i - 1] not in ("A", *NUMBER_KINDS)  # "pill", "dose": how many stands nowhere
    if kind == "REPEAT":
        return p.tokens.raw[p.tokens.first[i + 1]] in LOOKED_AT | MEASURED
    if kind == "PLUS":
        return p.tokens.raw[p.tokens.first[i - 1]] in MEASURED
    return kind in _PLAIN or kind == "STOP"


def _negates_a_thing(p: State, i: int, seen: Seen) -> bool:
    """Whether "no" says that a thing is not there ("no seizures since January"), or "not" stands behind a warning or a
    thing ("advised not to drive", "brand substitution not permitted"); never that the drug is not taken.

    Also asks for: NEG, TAKE, TO, WORD.
    """
    kinds, said = p.kinds, p.tokens.said(i, i + 1)
    after = i + 1
    if said == "not":
        if not seen.words & (WARNED | AGREED | _THINGS):
            return False
        after += kinds[after] == "TO"
    elif said != "no":
        return False
    word = p.tokens.raw[p.tokens.first[after]]
    if kinds[after] not in ("WORD", "SITE", "POP") or word in TAKING or word in OF_THE_DRUG:
        return False
    rest = after + 1
    while kinds[rest] not in _ENDS:
        if rest - i > _LONGEST:
            return False
        if set(p.tokens.words(rest, rest + 1)) & OF_THE_DRUG:
            return False
        rest += 1
    return True


def _figure(p: State, i: int, seen: Seen) -> int:
    """Where a figure at ``i`` ends that is bound to something else than a dose; ``i`` itself where none is.

    figure ::= measured number | date | year | [EVERY] NUM T | NUM "/" (7 | 52 | 12) | NUM ADV | reference.

    Also asks for: ADV, EVERY, FOR, NUM, PERIOD, SLASH, T, X.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    word = raw[first[i]]
    if (word in MEASURED or word in happenings.READINGS) and (end := _measured(p, i)):
        seen.words.add("level")
        return end
    if kinds[i : i + 2] == ["PERIOD", "NUM"] and kinds[i + 2] != "T":
        seen.words.add("protocol")
        return i + 2  # "cycle 3 FOLFOX"
    if word == "last" and raw[first[i] - 1] == "must" and kinds[i + 1 : i + 3] == ["NUM", "T"]:
        seen.words.add("supply")
        return i + 3  # "must last 30 days"
    if word in MONTHS and kinds[i] == "WORD":
        return max(date_at(p, i), i + 1)
    if kinds[i] not in ("NUM", "T", "BAD"):
        return i
    if (end := date_at(p, i)) > i:
        return end
    if kinds[i] == "T":
        seen.plain += 1
        return i + 1 if raw[first[i] - 1] in ("this", "last", "next") else i
    if kinds[i] != "NUM":
        return i
    if (end := happenings.year(p, i)) > i:
        return end
    thing = bool(seen.words & _THINGS) or _thing_behind(p, i)
    if (end := _apart(p, i)) > i:
        seen.words.add("apart")
        return end
    if kinds[i + 1] == "DASH" and kinds[i + 2 : i + 4] == ["NUM", "T"] and p.values[i + 3] in ("wk", "mo") and thing:
        return i + 4  # "TSH in 6-8 weeks"
    if kinds[i + 1] == "T" and p.values[i + 1] in ("d", "wk", "mo", "a"):
        return i + 2 if kinds[i - 1] not in ("FOR", "X") or thing else i
    if kinds[i + 1] == "SLASH" and kinds[i + 2] == "NUM" and p.values[i + 2] in (7, 52, 12):
        return i + 3 if kinds[i - 1] not in ("FOR", "X") or thing else i
    if kinds[i + 1] == "ADV" and p.values[i + 1] in ("wk", "mo") and thing:
        seen.often = True
        return i + 2
    numbered = p.values[i] >= _LEAST_REFERENCE or raw[first[i - 1]] in ("code", "no", "number", "ref")
    agreed = seen.words & AGREED and numbered and kinds[i + 1] in _ENDS
    return i + 1 if agreed else i


def _apart(p: State, i: int) -> int:
    """apart ::= NUM [PLUS] T(minutes | hours) (BEFORE | AFTER) before a word: how far from something else it is taken.

    Also asks for: AFTER, BEFORE, NUM, PLUS, SITE, SUBST, T, WORD.
    """
    after = i + 1 + (p.kinds[i + 1] == "PLUS")
    timed = p.kinds[after] == "T" and p.values[after] in ("min", "h")
    if (
        not timed
        or p.kinds[after + 1] not in ("BEFORE", "AFTER")
        or p.kinds[after + 2] not in ("WORD", "SUBST", "SITE")
    ):
        return i
    return after + 2


def _thing_behind(p: State, i: int) -> bool:
    """Whether what a figure is said of stands behind it: "6 monthly bloods".

    Also asks for: ADV, T.
    """
    return p.kinds[i + 1] in ("T", "ADV") and p.tokens.raw[p.tokens.first[i + 2]] in _THINGS


def _measured(p: State, i: int) -> int:
    """measured ::= name [PLUS] ["goal" [LE | GT]] one-reading: "BP 128/76", "BP goal <130/80", "K+ 4.8"; 0 where no
    figure follows, or one with a dose's unit.

    Also asks for: ADV, C, EQ, FR, FREQ, HALF, NUM, ONCE, PLUS, T, TIMES, U, X.
    """
    kinds = p.kinds
    at = i + 1 if kinds[i + 1] == "PLUS" else i
    while p.tokens.raw[p.tokens.first[at + 1]] in ("goal", "target", "aim"):
        at += 1
    at += kinds[at + 1] == "EQ" or (at > i and kinds[at + 1] in ("LE", "GT"))  # else it is a condition
    end = happenings.one_reading(p, at)
    if not end or kinds[end] in ("U", "C", "NUM", "T", "X", "ONCE", "FREQ", "ADV", "TIMES", "HALF", "FR", "PLUS"):
        return 0
    return end
