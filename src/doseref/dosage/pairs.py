"""Both of a pair, nostrils, eyes and ears, as pharmacies and doctors shorten them: "ea nostril", "L + R eye", "R/E", "b/l".

A count of drops or sprays is that of one of the pair where these words say so, and twice as much is given. Where one of
them stands beside such a count and is not understood, the dose is not trusted (:func:`open_pair`).
"""

from __future__ import annotations

from doseref.dosage.state import Clause, State

_FULL = {"ea": "each", "q": "each", "&": "and", "+": "and", "et": "and", "l": "left", "r": "right"}
_FULL |= {"bilat": "bilateral", "b/l": "bilateral"}
_PLACES = {"nostr": "nostril", "nostrl": "nostril", "nstrl": "nostril", "nstrls": "nostrils", "nost": "nostril"}
_SIDES = {"left": "left", "l": "left", "right": "right", "r": "right"}
_LETTERS = {"re": "right eye", "le": "left eye"}
"""Letters for an eye in India and Australia; words of their own where no drops are given."""
_BY_SIDE = (frozenset(("right eye", "left eye")), frozenset(("right ear", "left ear")))
_OF_A_PAIR = frozenset(("{spray}", "{drop}"))
_PAIRED = frozenset(("nasal", "ophthalmic", "otic"))
_ORGANS = frozenset(("eye", "ear", "eyedrops", "eardrops"))
_OPEN = frozenset(
    "both each ea either every per side sides bilat bilateral bilaterally b bl bn be e n en ien iu r l left right re le ou au".split()
)
"""Words and letters that may say that both of a pair get the amount, or one alone."""
_OFTEN = frozenset(("FREQ", "ADV", "ONCE", "EVERY", "NUM", "WHEN"))


def in_full(words: list[str]) -> str:
    """Words for a place as people say them: "each nostril" of "ea. nostril", "left and right eye" of "l + r eye"."""
    return " ".join(_PLACES.get(word) or _FULL.get(word, word) for word in words if word != ".")


def leading(p: State, i: int) -> int:
    """How many tokens at ``i`` lead to a place: "ea" [STOP], "left and right", "alternate", "L"; 0 where none does.

    Also asks for: AND, EACHW, NUM, OTHER, PLUS, SITE, STOP.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    if kinds[i] == "EACHW" and raw[first[i]] == "ea":
        after = i + 1 + (kinds[i + 1] == "STOP" and raw[first[i + 1]] == ".")
        return after - i if kinds[after] in ("SITE", "SIDE") else 0
    if kinds[i] == "OTHER" and kinds[i + 1] == "SITE" and raw[first[i]] != "other":
        return 1
    one, other = (_SIDES.get(raw[first[at]] if kinds[at] in ("SIDE", "U") else "") for at in (i, i + 2))
    both = one and other and one != other and kinds[i + 1] in ("AND", "PLUS") and kinds[i + 3] == "SITE"
    if both:
        return 3
    letter = kinds[i] == "U" and p.values[i] == "L" and kinds[i - 1] != "NUM"
    return 1 if letter and kinds[i + 1] == "SITE" else 0  # "to L knee"


def dropped(clause: Clause) -> bool:
    """Whether drops are given."""
    return clause.form == "drops" or (clause.count is not None and clause.count[2] == "{drop}")


def _eye_at(p: State, i: int, dashed: bool) -> str:
    """The place that letters at ``i`` name: "os", "R/E", "le"; "od" only where no once a day could be meant.

    Also asks for: EYE, FREQ, WORD.
    """
    kind, word = p.kinds[i], p.tokens.raw[p.tokens.first[i]]
    if kind == "EYE":
        return str(p.values[i])
    if kind == "WORD" and word in _LETTERS and dropped(p.clause):
        return _LETTERS[word]
    return "right eye" if kind == "FREQ" and word in ("od", "o.d.") and not dashed else ""


def eye(p: State) -> bool:
    """eye ::= EYE [(AND | PLUS | COMMA) EYE]: OS, OU, O.D. where drops are given; "OD + OS" are both.

    Also asks for: COMMA.
    """
    clause, said = p.clause, str(p.values[p.i])
    spelt = p.tokens.last[p.i] > p.tokens.first[p.i]  # "R/E", "e/n"
    counted = clause.count is not None and clause.count[2] in _OF_A_PAIR
    if spelt and not (counted or clause.form == "drops"):
        return False
    if spelt and ("otic" in clause.routes or not {"ear", "eardrops"}.isdisjoint(p.tokens.raw)):
        said = said.replace("eye", "ear")
    return _placed(p, said)


def letters(p: State) -> bool:
    """letters ::= "re" | "le" behind drops: the right eye, the left eye.

    Also asks for: WORD.
    """
    said = _LETTERS.get(p.tokens.raw[p.tokens.first[p.i]], "")
    if not said or not (dropped(p.clause) or p.clause.form == "ointment") or p.kinds[p.i] != "WORD":
        return False
    return _placed(p, said)


def _placed(p: State, said: str) -> bool:
    """Note the place that is named at hand, with the other of the pair where that is named behind it or before.

    Also asks for: AND, COMMA, PLUS.
    """
    clause, start = p.clause, p.i
    p.i += 1
    comma = p.kinds[p.i] == "COMMA"
    other = _eye_at(p, p.i + 1, comma) if comma or p.kinds[p.i] in ("AND", "PLUS") else ""
    if other and (not comma or p.kinds[p.i + 2] in _OFTEN):
        p.i += 2
        if {said, other} in _BY_SIDE:
            said = f"both {said.partition(' ')[2]}s"
        elif said != other:
            _two_places(p, start)
    if {clause.site, said} in _BY_SIDE:
        _two_places(p, start)
    clause.site = said
    route = "nasal" if "nostril" in said else "ophthalmic" if "eye" in said else "otic"
    clause.routes = clause.routes or (route,)
    return True


def _two_places(p: State, start: int) -> None:
    p.tell("into which of the two, or into both?", start, p.i - 1, "ambiguous")
    p.fatal = True


def both_eyes(p: State) -> bool:
    """Note the letters "BE" right behind drops, which mean both eyes; elsewhere "be" is a word that says nothing.

    Also asks for: ADV, COMMA, END, EVERY, FREQ, NUM, ONCE, STOP, WHEN.
    """
    after = p.tokens.last[p.i - 1] + 1
    if p.tokens.raw[after] != "be" or not dropped(p.clause) or p.clause.site or p.tokens.first[p.i] != after + 1:
        return False
    if p.kinds[p.i] not in ("END", "STOP", "COMMA", *_OFTEN):
        return False
    p.clause.site = "both eyes"
    p.clause.routes = p.clause.routes or ("ophthalmic",)
    return True


def both(p: State) -> bool:
    """both ::= [ON | IN | INTO | TO] ("both" | "bilaterally" | (EVERY | PER | EACHW) "side") [OF SITE], behind a count of
    drops or sprays and up to the sign or how often: "eye drops 1 BD both", "nasal spray 2 each side".

    Also asks for: ADV, COMMA, END, FREQ, NUM, ONCE, PRN, RP, SIDE, STOP, TIMES, WHEN.
    """
    kinds, raw, first, clause = p.kinds, p.tokens.raw, p.tokens.first, p.clause
    i = p.i + (kinds[p.i] in ("ON", "IN", "INTO", "TO"))
    if i > p.i:
        p.i += 1
        if both_eyes(p):
            return True  # "in BE"
        p.i -= 1
    word, after = raw[first[i]], i + 1
    after += kinds[after] == "STOP" and raw[first[after]] == "." and word in ("ea", "bilat")
    side = raw[first[after]] in ("side", "sides")
    after += side
    of_both = kinds[i] == "SIDE" and word in ("both", "bilateral", "bilaterally", "bilat", "b")
    of_each = side and kinds[i] in ("EVERY", "PER", "EACHW") and word in ("each", "per", "ea", "every")
    nose = of_each and clause.site in ("nose", "nasal") and clause.count is not None  # "nose spray 1 spray each side"
    if clause.count is None or (clause.site and not nose) or not (of_both or of_each):
        return False
    place = str(p.values[after + 1]) if kinds[after] == "OF" and kinds[after + 1] == "SITE" else ""
    after += 2 if place else 0
    often = kinds[after : after + 2] == ["NUM", "TIMES"]
    if not often and kinds[after] not in ("END", "STOP", "COMMA", "RP", "FREQ", "ADV", "ONCE", "WHEN", "PRN"):
        return False
    if nose or place == "nasal" or "nasal" in clause.routes:
        clause.site = "each nostril"
    elif dropped(clause) and (not _ORGANS.isdisjoint(raw) or _PAIRED.intersection(clause.routes)):
        of_ear = "otic" in clause.routes or not {"ear", "eardrops"}.isdisjoint(raw)
        clause.site = "both ears" if of_ear else "both eyes"
        clause.routes = clause.routes or (("otic",) if of_ear else ("ophthalmic",))
    elif dropped(clause) or (of_each and clause.count[2] == "{spray}" and not clause.routes):
        clause.site = "each side"
    else:
        return False
    p.i = after
    return True


def open_pair(p: State, start: int, end: int) -> bool:
    """Whether words from ``start`` to ``end`` that were not understood may say into how many of a pair so much is given:
    "2 sprays E NOSTRIL", "1 drop bith eyes".

    Also asks for: SITE.
    """
    counts = [each.count[2] for each in p.clauses[-2:] if each.count is not None]
    if not _OF_A_PAIR.intersection(counts):
        return False
    before_place = p.kinds[end] == "SITE" and p.values[end] in _PAIRED
    return before_place or bool(_OPEN.intersection(p.tokens.words(start, end)))
