"""Whether two texts say the same of what a dose is for: in other words, as a kind of it, to treat or to prevent it."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache

from doseref.indications import names_of, related, uses_in, wider, without_uses
from doseref.patterns import regex

_SYMPTOMS = frozenset(
    "pain headache fever cough nausea vomiting diarrhea constipation pruritus edema insomnia anxiety muscle-spasm heartburn dyspepsia "
    "nasal-congestion rhinorrhea wheezing vertigo flatulence back-pain toothache earache allergy infection thrombosis "
    "abdominal-pain abdominal-colic chest-pain arthralgia myalgia sneezing dyspnea palpitation agitation anorexia dehydration bleeding".split()
)
"""Uses that belong to many diseases: a page about one of these may mean them."""
_AS_GOOD_AS = frozenset("rhinorrhea sneezing wheezing".split())
"""Symptoms that are said for the disease itself: "when noses run in summer", "for the wheeze"."""
_NO_DISEASES = _SYMPTOMS - _AS_GOOD_AS


def of_another_page(topic: str | None, use: str | None) -> bool:
    """Whether a dose is for one disease and the other one's page is about another ("Gout", "asthma")."""
    if not topic or not use or alike(topic, use):
        return False
    told = [{each.use for each in uses_in(words)} for words in (topic, use)]
    return all(each and each.isdisjoint(_SYMPTOMS) for each in told)


_GENERAL = frozenset(
    "dose acute chronic mild moderate severe management treatment relief everyday common with from their your "
    "tablet tablets capsule capsules medicine medicines drug drugs pills remedy remedies spray sprays cream drops treat prevent therapy "
    "course first second hour hours days weeks year years month months others usual short "
    "prevention preventing prevent prevents prophylaxis prophylactic keep keeps keeping away disease diseases disorder disorders attack attacks flare flares flareup flareups flared exacerbation exacerbations episode episodes adult adults child children man woman women patient patients people suspected known opioid opioids sudden suddenly bout bouts spell spells "
    "nasty plain ordinary simple uncomplicated upkeep maintenance grown grownup grownups anyone someone anybody everyone person persons folk folks those "
    "term beat beating fight fighting tackle tackling tame taming ease eases easing calm calming relieve relieves relieving soothe soothing settle settling clear clearing clears "
    "control controls controlling manage managing help helps helping when have having suffer suffers suffering sufferer sufferers trouble troubles troubled problem problems "
    "nagging awful terrible stubborn annoying occasional frequent regular quit give giving stop symptom symptoms illness condition conditions "
    "that which will cannot does been into like come comes".split()
)
_SHORT = frozenset("vf vt svt af hf mi pe uti tb ra oa cap hap hiv ibs gad ocd acs chf htn bph mrsa copd".split())
"""Abbreviations of diseases: words so short tell one use from another only where they are names."""
_DESPITE = regex(r"\b\w+-(?:resistant|refractory|induced|related|associated)\b", re.I)
"""What goes in front of a disease and is not its name ("shock-resistant VF")."""
_OR = regex(r"\s*/\s*|\s+or\s+(?!(?:more|less|fewer|over|above|older|under|below|younger|higher|lower|both|not)\b)")


@lru_cache(maxsize=1024)
def named(indication: str) -> frozenset[str]:
    """What tells an indication from others: the uses that it names with all that they are kinds of, and its other words as far
    as their endings do not differ.
    """
    bare = _DESPITE.sub(" ", indication)
    told = frozenset(wide for each in uses_in(bare) for wide in wider(each.use)) | _telling(without_uses(bare))
    return told or frozenset(_words(bare))


def _words(text: str) -> list[str]:
    return "".join(char if char.isalpha() else " " for char in text).split()


def _telling(text: str) -> frozenset[str]:
    """The words of a text that tell one use from another."""
    return frozenset(word[:6] for word in _words(text) if (len(word) > 3 or word in _SHORT) and word not in _GENERAL)


_PREVENTS = regex(
    r"\b(?:prevent\w{0,4}|(?:thrombo|chemo)?prophyla\w{3,5}|(?:ward|stave|fend|head)(?:s|ing|ed)?\s+off|(?:guard|shield)(?:s|ing|ed)?\s+against|guards?\s+[\w\s-]{3,30}\s+against|"
    r"protect\w{0,4}\s+(?:against|from)|(?<!sun )protection|(?:keep(?:s|ing)?|kept)\s+(?:[\w'’-]+\s+){0,5}?(?:away|at\s+bay|from\s+(?:com|return|recurr|strik|form|happen|start|break)ing)|"
    r"(?:stay|keep|steer)(?:s|ing)?\s+(?:clear|free)\s+of|stop(?:s|ping)?\s+(?:[\w'’-]+\s+){1,4}?(?:com|return|recurr|strik|form)ing|"
    r"against\s+(?:another|a\s+second|further))\b"
)
_MAY_PREVENT = "prevent prophyl ward stav fend head guard shield protect keep kept stay steer stop against".split()


@lru_cache(maxsize=1024)
def prevents(text: str) -> bool:
    """Whether a text says in some turn of phrase that a dose is to keep a disease away."""
    lower = text.lower()
    return any(part in lower for part in _MAY_PREVENT) and _PREVENTS.search(lower) is not None


_AFTER = regex(r"\b(?:after|following|previous|prior|earlier|past|post|history\s+of)\b", re.I)
_EVENTS = frozenset(("myocardial-infarction", "stroke", "transient-ischemic-attack", "acute-coronary-syndrome"))
"""What is over when it is treated: who takes something after it takes it against the next one."""


_OPERATIONS = frozenset(("joint-replacement",))
"""What was done to somebody who takes something against what may follow it; it says no more where another use is named."""
_CLOTS = frozenset(("stroke", "transient-ischemic-attack", "thrombosis", "venous-thromboembolism"))
_FIBRILLATES = frozenset(("atrial-fibrillation", "atrial-flutter"))


@lru_cache(maxsize=1024)
def _aims(text: str) -> frozenset[str]:
    """The uses that a text names; what was done to somebody only where it names no other."""
    told = frozenset(each.use for each in uses_in(_DESPITE.sub(" ", text)))
    return told - _OPERATIONS or told


def _keeps_away(text: str) -> bool:
    """Whether a dose is to prevent something; to prevent pregnancy is a use with names of its own."""
    told = _aims(text)
    return (told <= _OPERATIONS and bool(told)) or ("contraception" not in told and prevents(text))


def _prevent_alike(one: str, other: str) -> bool:
    """Whether both doses are to keep something away, or none; what is taken after a stroke is taken against the next, and in
    atrial fibrillation against clots.
    """
    first, second = _keeps_away(one), _keeps_away(other)
    if first == second or _after_event(one if second else other):
        return True
    against = _aims(one if first else other)
    return not _CLOTS.isdisjoint(against) and all(not _FIBRILLATES.isdisjoint(_aims(use)) for use in (one, other))


def _after_event(use: str) -> bool:
    after = _AFTER.search(use)
    return after is not None and any(each.use in _EVENTS and each.start > after.start() for each in uses_in(use))


_AT_WORST = regex(
    r"\b(?:acute|flares?(?:-?ups?)?|(?<!heart )(?<!panic )(?<!brain )attacks?|exacerbations?|bouts?|crisis|crises)\b",
    re.I,
)
_LASTS_ON = regex(
    r"\b(?:chronic|(?:every|each)\s+day|day[\s-]to[\s-]day|long[\s-]term|long\s+run|maintenance|upkeep|lasting|between\s+attacks)\b",
    re.I,
)


def _at_other_times(one: str, other: str) -> bool:
    """Whether one dose is for a disease at its worst and the other for all days ("COPD flare-up", "COPD, every day")."""
    return any(
        _AT_WORST.search(bad) is not None
        and _LASTS_ON.search(without_uses(quiet)) is not None
        and _AT_WORST.search(quiet) is None
        for bad, quiet in ((one, other), (other, one))
    )


_LACKING = "without "
"""How whom a dose is for is told by what they have not."""
_GRADE = regex(
    r"\b(not\s+severe|non-?severe|uncomplicated|simple|mild|moderate|severe|fulminant|complicated|"
    r"(?:primary|secondary)\s+prevention|cu?rb-?65\W{1,3}(?:score\s+)?(?:of\s+)?\d(?:\s?(?:[–-]|to|or)\s?\d)?)\b",
    re.I,
)
_GRADES = {"mild": "not severe", "non-severe": "not severe", "nonsevere": "not severe", "simple": "uncomplicated"}


def alike(one: str | None, other: str | None) -> bool:
    """Whether two uses share a word that tells them from others; nothing said is like nothing said.

    To prevent a disease is another use than to treat it, and so are two grades of it ("severe", "not severe").
    """
    if one == other:
        return True
    if not one or not other or not _prevent_alike(one, other) or one.startswith(_LACKING) != other.startswith(_LACKING):
        return False
    if "primary prevention" in (one, other) and _after_event(other if one == "primary prevention" else one):
        return False
    if "prevention" in (one, other):
        return True  # of what is not said
    ours, theirs = _grades(one), _grades(other)
    if (ours and theirs and not ours & theirs) or _at_other_times(one, other):
        return False
    known = [_aims(one), _aims(other)]
    if all(known):
        return any(related(mine, yours) for mine in known[0] for yours in known[1])
    if any(known):
        words, uses = (one, known[1]) if known[1] else (other, known[0])
        if _of_another_ill(words, uses):
            return False
        if _part_of_name(words, uses):
            return True
    return (
        bool(_telling(one) & _telling(other) or named(one) == named(other))
        or _kind_of(one, other)
        or _kind_of(other, one)
    )


_ILLS = regex(
    r"\b(?:cancer|tumou?r|carcinoma|ulcer|infection|inflammation|failure|stone|bleeding|transplant|fracture|injury|surgery|poisoning|abscess|palsy|pain|rash|cramp)(?=(?:s|es)?\b)",
    re.I,
)
"""What may be wrong with any part of the body: "bladder cancer" is no "bladder infection"."""


def _of_another_ill(words: str, uses: Set[str]) -> bool:
    """Whether words that name no known use say what is wrong, and none of the names of these uses says so."""
    told = {hit.group().lower() for hit in _ILLS.finditer(words)}
    return bool(told) and told.isdisjoint(word for use in uses for name in names_of(use) for word in name)


def _part_of_name(words: str, uses: Set[str]) -> bool:
    """Whether the words of an indication are part of a name of one of these uses ("reflux", "blood pressure")."""
    told = _telling(words)
    return bool(told) and any(told <= {word[:6] for word in name} for use in uses for name in names_of(use))


_ALLERGY = regex(r"\ballerg(?:y|ies|ic)\b", re.I)
_OF_ALLERGY = regex(r"\b(?:hives|urticaria|hay\s?fever|pollen|rhinitis|itch\w{0,3})\b", re.I)


def _kind_of(one: str, other: str) -> bool:
    """Whether ``one`` is allergies in general and ``other`` a kind of them; two kinds are not the same."""
    return bool(_ALLERGY.search(one) and not _OF_ALLERGY.search(one) and _OF_ALLERGY.search(other))


def is_one_use(one: str | None, other: str | None) -> bool:
    """Whether two doses of a page are for the same: in the same words, one of the uses that a label names
    ("VF / pulseless VT" and "refractory VF in adults"), or by other names of it alone ("an irregular pulse", "atrial
    fibrillation").
    """
    if one == other:
        return True
    if not one or not other or not alike(one, other) or _grades(one) - _USUAL != _grades(other) - _USUAL:
        return False
    if "prevention" in (one, other):
        return True  # of what is not said, and both prevent
    ours, theirs = ({named(each) for each in _OR.split(use)} for use in (one, other))
    return not ours.isdisjoint(theirs) or _of_one_name(one, other)


_USUAL = frozenset(("uncomplicated",))
"""A grade that is meant where none is told."""


def _of_one_name(one: str, other: str) -> bool:
    """Whether two texts say nothing but names of uses, and one of the one is one of the other or a kind of it. A symptom is
    none of its diseases: a page that gives a dose for pain and one for nerve pain means both.
    """
    bare = [_DESPITE.sub(" ", use) for use in (one, other)]
    if any(_telling(without_uses(each)) for each in bare):
        return False
    ours, theirs = ({each.use for each in uses_in(use)} for use in bare)
    return any(
        mine == yours or (related(mine, yours) and _NO_DISEASES.isdisjoint((mine, yours)))
        for mine in ours
        for yours in theirs
    )


def _grades(use: str) -> frozenset[str]:
    """How bad the disease is, as far as a use says so."""
    found = (" ".join(hit.group().lower().split()) for hit in _GRADE.finditer(use))
    scored = (
        "".join(char for char in each if char.isdigit() or char == "u") if "65" in each else each for each in found
    )
    return frozenset(_GRADES.get(grade, grade) for grade in scored)  # "CRB-65: 1 to 2" is "6512", CURB-65 "u6512"
