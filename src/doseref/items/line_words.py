"""Words and letters behind a brand that make it another product ("Advil PM", "Losar H"): never dropped."""

from __future__ import annotations

from doseref.names import Found
from doseref.names.tokens import Token

NUMBER_WORDS = frozenset("one two three four five six seven eight nine ten half quarter".split())
_LINE_WORDS = frozenset(
    "pm dm d cold flu sinus plus allergy cough congestion severe migraine nighttime daytime complete dual "
    "arthritis tts menstrual multi multisymptom junior infant infants children childrens kids".split()
)
"""Words that brands add to a name for a product with other ingredients or another strength."""
_PIECES = frozenset("tablet tablets tab tabs caplet caplets capsule capsules cap caps".split())
_AFTER_TIME = frozenset(
    ("take", "tablet", "tablets", "caplet", "caplets", "capsule", "capsules", "extra", "strength", "x")
)
_PARTNERS = frozenset("a h l th am".split())
"""What brands add for a second ingredient (H hydrochlorothiazide, A or AM amlodipine …),
and an instruction has as words too.
"""


_WHERE = frozenset("arm leg eye ear thigh buttock deltoid knee hip shoulder foot hand side".split())


def line_word(text: str, tokens: list[Token], found: Found) -> bool:
    """Whether the word behind the name makes it another product ("Advil PM" is not Advil): never a time of day."""
    if found.last >= len(tokens):
        return False
    word = tokens[found.last].text
    if (
        word == "pm"
        and found.last + 1 < len(tokens)
        and tokens[found.last + 1].text not in _AFTER_TIME
        and not _counts(tokens[found.last + 1])
    ):
        return False
    return word in _LINE_WORDS or _for_the_night(text, tokens, found) or _partner(text, tokens, found)


_NIGHTS = frozenset("on nocte noct hs bedtime night nightly nights".split())
"""Words of when it is taken, beside which "Night" behind a brand says no time."""


def _for_the_night(text: str, tokens: list[Token], found: Found) -> bool:
    """ "Night" behind a brand that is a part of the name ("Panadol Night 2 on"): where the time is said once more, or
    tablets are counted behind it. "Lipitor night 20 mg" says when.
    """
    word = tokens[found.last]
    if word.text != "night" or not found.entry.by.startswith("brand"):
        return False
    behind = tokens[found.last + 1 :]
    if any(each.text in _NIGHTS for each in behind):
        return True
    titled = text[word.start : word.end] == "Night"
    return titled and len(behind) > 1 and _counts(behind[0]) and behind[1].text in _PIECES


def _partner(text: str, tokens: list[Token], found: Found) -> bool:
    """A letter for a second ingredient behind a brand ("Losar H", "Metolar AM 1 tablet"): joined by a hyphen, or in
    capitals.

    A text wholly in capitals shows nothing ("LASIX A DAY"), and "Lasix AM 40 mg" is a time of day.
    """
    last, word = tokens[found.last - 1], tokens[found.last]
    if word.text not in _PARTNERS or found.entry.by != "brand" or text[word.end : word.end + 1] == "/":
        return False  # "Volini gel L/A" is applied locally
    if text[last.end : word.start] in ("-", "–"):
        return True
    if any(each.text in _WHERE for each in tokens[found.last + 1 : found.last + 2]):
        return False  # "Nexplanon L arm"
    if not word.upper or text[found.start : found.end].isupper():
        return False
    if word.text != "am":
        return True
    behind = found.last + 1
    if behind < len(tokens) and _counts(tokens[behind]):
        behind += 1
    return behind < len(tokens) and tokens[behind].text in _PIECES


def _counts(token: Token) -> bool:
    return token.text.isdigit() or token.text in NUMBER_WORDS
