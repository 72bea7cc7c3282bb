"""Which readings say the same: figures of one drug, route and kind that differ only in how two readers wrote the indication.

``merge_limits.py`` asks here what makes two readings one row, and whether a row that was typed by hand was read again.
"""

from __future__ import annotations

import re

_SAME = {
    "oedema": "edema", "hyperlipidaemia": "lipid", "hyperlipidemia": "lipid", "dyslipidemia": "lipid", "dyslipidaemia": "lipid",
    "cholesterol": "lipid", "hypercholesterolemia": "lipid", "hypercholesterolaemia": "lipid", "lipids": "lipid", "depressive": "depression",
    "mdd": "depression", "gad": "anxiety", "epileptic": "epilepsy", "seizures": "epilepsy", "seizure": "epilepsy", "schizophrenic": "schizophrenia",
    "diabetic": "diabetes", "t2dm": "diabetes", "hiv-1": "hiv", "anginal": "angina", "gouty": "gout", "hyperuricaemia": "hyperuricemia",
    "migraines": "migraine", "allergies": "allergy", "allergic": "allergy", "rhinitis": "allergy", "urticaria": "allergy", "afib": "fibrillation",
    "anaemia": "anemia", "oesophagitis": "esophagitis", "gerd": "reflux", "gord": "reflux", "arthritic": "arthritis", "insomnia": "sleep",
    "bph": "prostatic", "prostate": "prostatic", "hypertensive": "hypertension", "heartburn": "reflux", "spasms": "spasm", "spasticity": "spasm",
    "musculoskeletal": "spasm", "parkinson": "parkinson", "parkinsonism": "parkinson", "parkinsons": "parkinson", "opioid": "opioid",
}  # fmt: skip
"""Words of one indication as readers write them."""
_STOP = {
    "adult", "adults", "treatment", "disease", "disorder", "disorders", "syndrome", "acute", "chronic", "type", "with", "and", "for", "the", "of",
    "in", "or", "to", "general", "other", "major", "relief", "management", "therapy", "patients", "years", "over", "primary", "mild", "moderate",
    "severe", "maintenance", "conditions", "only", "generalized", "generalised", "partial", "onset", "monotherapy", "adjunctive", "adjunct",
}  # fmt: skip
APART = ("severe", "maintenance", "moderate", "mild", "initial", "prophylaxis", "prevention")
"""Words that set two uses of one indication apart, but only beside other figures; equal figures are one row all the same."""


def words(text: str) -> frozenset[str]:
    """The words of an indication or a population that tell it from others."""
    found = re.findall(r"[a-z0-9]+(?:-[0-9])?", text.lower())
    return frozenset(_SAME.get(word, word) for word in found if len(word) > 2 and word not in _STOP)


def alike(one: str, other: str) -> bool:
    """Whether two indications (or populations) can be one: one is silent, or they share half of the words of the shorter."""
    left, right = words(one), words(other)
    if not left or not right:
        return True
    return 2 * len(left & right) >= min(len(left), len(right))
