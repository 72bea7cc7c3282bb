"""What a sentence's dose is for where no turn of phrase says so: the uses that its clauses name ("aspirin still shifts a tension
headache: 300 mg", "a very rare illness called Zollinger-Ellison syndrome …; there, treatment opens with 60 mg").

A clause that speaks of what a drug does badly, of whom it is not for or of what else there is names no use of the dose.
"""

from __future__ import annotations

from functools import lru_cache

from doseref.articles.kinds import AnyCase
from doseref.articles.model import REMEMBERED
from doseref.indications import uses_in
from doseref.patterns import regex
from doseref.same_use import prevents

_CLAUSE = regex(r"[;.,:()–—](?=\s|\Z)|\s[–—-]\s|\b(?:but|although|though|while|whereas|because|since)\b")
_NO_USE = AnyCase(
    r"\b(?:caus\w{1,4}|side[\s-]effects?|br(?:ing|ought)s?\s+on|lead(?:s|ing)?\s+to|led\s+to|mak(?:es?|ing)|made|provok\w{1,4}|trigger\w{0,4}|risks?|"
    r"worsen\w{0,4}|mask\w{0,4}|unless|without|never|not|no|nor|none|neither|cannot|avoid\w{0,4}|history|warn\w{0,4}|reports?|reported|"
    r"feels?|felt|complain\w{0,3}|suffer\w{0,3}\s+from\s+it|stop(?:s|ped|ping)?|instead|rather|unlike|also\s+used|allergic\s+to|mistaken|confus\w{2,4}|"
    r"trials?|stud(?:y|ies)|per\s?cent|interact\w{0,4}|already|currently|guidelines?|drops?\s+below|(?:may|can|could|might)\s+(?:get|have|be|follow|occur|appear))\b|n['’]t\b|%"
)
"""What a clause says that is about harm, a trial, or somebody else."""


@lru_cache(maxsize=REMEMBERED)
def named_use(text: str) -> str | None:
    """The names of what a sentence's dose is for, lower case, ``or`` between two; ``None`` where its clauses name none."""
    if not uses_in(text):
        return None
    found: dict[str, str] = {}
    for clause in _CLAUSE.split(text):
        if clause and not _NO_USE.search(clause):
            for each in uses_in(clause):
                found.setdefault(each.use, clause[each.start : each.end].lower())
    names = " or ".join(found.values())
    return f"prevention of {names}" if names and prevents(text) else names or None


_PLAIN = frozenset(
    "a an the of in on at by to for with without and or it its is are be as up than no not more most least usual usually normal normally standard typical ordinary "
    "typically generally recommended dose doses dosage dosing amount adult adults grown up ups people person everyone anyone you your they he she should "
    "can may must will need needs get gets have has take takes taking taken swallow swallows give given gives use uses used tablet tablets capsule capsules caplet caplets pill pills "
    "mg mcg g ml microgram micrograms milligram milligrams gram grams milliliter millilitre iu unit units one two three four five six seven eight nine ten half "
    "once twice thrice time times daily nightly day days night nights morning mornings evening evenings noon bedtime bed week weekly weeks month hour hours hourly "
    "every each per between within any food meal meals breakfast supper dinner lunch water glass mouth oral orally full whole maximum max exceed over".split()
)
_WORD = regex(r"[A-Za-z]+")


def says_no_use(sentence: str, name: str) -> bool:
    """Whether a sentence holds no word but those of a dose, whom it is for and ``name``, what the drug is called in it."""
    words = {word.lower() for word in _WORD.findall(sentence)}
    return words <= _PLAIN | {word.lower() for word in _WORD.findall(name)}
