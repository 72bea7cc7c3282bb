"""Make src/doseref/dosage/remark_words.txt, the words that a remark may hold: ``python tools/remark_words.py DIRECTORY [XML]``.

DIRECTORY holds SCOWL's word lists (Debian's package ``scowl``, /usr/share/dict/scowl), of which the sizes 10 and 20 are taken; XML is
the tabular list of ICD-10-CM (National Center for Health Statistics; ``icd10c-tabular-April-1-2026.xml``, also inside the Python package
``simple-icd-10-cm``). To them come the words of remark_words_added.txt; out go those of remark_words_left_out.txt, every word of the
sig language and every name of the data, and what differs from a word of the language by one letter: it could be that word, misspelt.
"""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from fnmatch import translate
from pathlib import Path

from doseref.dosage.as_needed import SLIPS
from doseref.dosage.asides import TURNING
from doseref.dosage.note_words import ADDED, OF_THE_DRUG, REVERSING, TAKING
from doseref.dosage.reasons import ALONE, DIAGNOSES
from doseref.dosage.remarks import PAST
from doseref.dosage.words import LEXICON, MISSPELT
from doseref.refdata import reference

HERE = Path(__file__).parent
MADE = HERE.parent / "src/doseref/dosage/remark_words.txt"
SUBSTANCES = re.compile(r"T(3[6-9]|4[0-9]|5[0-9]|6[0-5])")
"""Codes of poisoning, whose names are those of drugs and chemicals."""
LISTS = [f"{kind}-words.{size}" for size in (10, 20) for kind in ("english", "american", "british")]
HARMLESS_KINDS = ("", "WORD", "SITE", "POP", "WATER", "OZ")
SPELLINGS = [
    (re.compile(american), british)
    for american, british in (
        ("emia", "aemia"), ("hem(?=[oa])", "haem"), ("edema", "oedema"), ("esophag", "oesophag"), ("rrhea", "rrhoea"), ("gynec", "gynaec"),
        ("anesth", "anaesth"), ("celiac", "coeliac"), ("orthoped", "orthopaed"), ("tumor", "tumour"), ("cec", "caec"), ("fecal", "faecal"),
        ("leuk", "leuc"), ("ischem", "ischaem"), ("fetal", "foetal"), ("color", "colour"), ("iz(?=e|a|i)", "is"), ("lyz", "lys"),
    )
]  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz"
HEAD = """\
# Words that a remark behind a whole dosage may hold: of conditions, procedures, the body, tests, places, aids, everyday life. None
# of them can say how much, how often, when, how long, whether or by which route something is taken, of which product, or by whom.
# Made by tools/remark_words.py from SCOWL 2020.12.07 (sizes 10 and 20; Copyright 2000-2011 by Kevin Atkinson, LICENSE-DATA) and
# the tabular list of ICD-10-CM, April 2026 (National Center for Health Statistics; a work of the United States government).
"""


def patterns(name: str) -> Iterator[str]:
    """The words and patterns of a file beside this one."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield from line.split()


def common(directory: Path) -> Iterator[str]:
    """The everyday words."""
    for name in LISTS:
        path = directory / name
        if path.exists():
            yield from (word.lower() for word in path.read_text(encoding="latin-1").split())


def conditions(path: Path) -> Iterator[str]:
    """The words of the names and notes of ICD-10-CM, but of poisonings."""
    stack = [(ET.parse(path).getroot(), False)]
    while stack:
        node, poison = stack.pop()
        if node.tag == "diag":
            poison = SUBSTANCES.match(node.findtext("name") or "") is not None
        if node.text and not poison:
            yield from re.findall(r"[a-z]+", node.text.lower())
        stack += [(child, poison) for child in node]


def neighbours(word: str) -> Iterator[str]:
    """Every string that differs from ``word`` by one letter, or by two that changed places."""
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        yield from (head + letter + tail for letter in LETTERS)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def british(words: set[str]) -> Iterator[str]:
    """The words, and how they are spelt in Britain."""
    for word in words:
        yield word
        for american, other in SPELLINGS:
            yield american.sub(other, word)


def main() -> None:
    """Write the list."""
    directory, xml = Path(sys.argv[1]), Path(sys.argv[2])
    added = set(patterns("remark_words_added.txt"))
    found = set(british(set(common(directory)) | set(conditions(xml)) | added))
    known = ALONE | DIAGNOSES | added
    language = {
        word for word, (kind, _) in LEXICON.items() if kind not in HARMLESS_KINDS and word.isalpha() and len(word) > 1
    }
    language |= {word for word in MISSPELT if word.isalpha()}
    misspelt = {other for word in language if len(word) > 2 for other in neighbours(word)}
    vocabulary = reference().vocabulary
    names = {
        each.words[0] for spellings in vocabulary.spellings.values() for each in spellings if len(each.words) == 1
    } | vocabulary.salts
    turning = TURNING | REVERSING | PAST | ADDED | OF_THE_DRUG | TAKING
    out = re.compile("|".join(translate(pattern) for pattern in patterns("remark_words_left_out.txt")))
    kept = sorted(
        word
        for word in found | known
        if word.isascii() and (word.isalpha() or word in added) and len(word) > 1
        and word not in language and word not in names and word not in turning and not word.startswith(SLIPS)
        and (word in known or (len(word) > 2 and word not in misspelt and not out.match(word)))
    )  # fmt: skip
    lines, line = [], ""
    for word in kept:
        if len(line) + len(word) >= 119:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else word
    MADE.write_text(HEAD + "\n".join([*lines, line]) + "\n", encoding="utf-8")
    print(len(kept), "words")


if __name__ == "__main__":
    main()
