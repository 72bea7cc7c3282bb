"""Words of headings, labels and first columns that are written with a capital and are no names of drugs."""

from __future__ import annotations

_ORDINARY_ENDS = tuple(
    "ive al ic ed ing ary ory ous ular ent ant wide tion tions sion ment ments ness ity ities ance ence "
    "ences ically ly logy "
    "graphy able ible less ful ward".split()
)
"""Endings of ordinary words that names of drugs do not have."""
ORDINARY = frozenset(
    "overview table tables formula formulas formulae notes note step steps schedule example examples "
    "advantages disadvantages uses used using warnings warning effects side adverse what when how which where "
    "why guide guidelines reference references summary key points basics facts about more before after during "
    "everybody everyone anybody anyone nobody others rest "
    "storage safety supplies chart rules tips choice choices alternatives alternative forms form strengths "
    "strength quick level levels approach background history exam physical labs workup causes signs symptoms "
    "stage stages phase class classes rates rate calculation calculator conversion goal goals home hospital "
    "care field emergency office clinic patient patients other others also info information data evidence "
    "check checklist method methods maximum minimum limit limits time timing duration onset range ranges "
    "amount weight height male female men women boys girls breakthrough agent agents drug drugs medicine "
    "medicines tablet tablets liquid liquids gauge color size type types name line lines site sites route "
    "routes push slow fast rapid gold standard plus from with without under over per each every first second "
    "third fourth fifth last next new old low high very most least usual rate unit units test tests risk "
    "smallest largest highest lowest shortest longest strongest weakest earliest latest later "
    "risks benefit benefits best worst good safe unsafe opioid opioids opiate steroid steroids antibiotic "
    "antibiotics nsaid nsaids pressor pressors vasopressors sedative sedatives paralytics antivirals "
    "antifungals afterwards thereafter initially long short term longterm rheumatoid bipolar plaque nerve nerves joint "
    "joints kidney kidneys liver lungs bone bones skin stomach throat "
    "urine planning trying protection "
    "weekly monthly morning evening bedtime breakfast daytime overnight winter summer travellers travelers "
    "healthy frail anyone somebody wheeze wheezing flares while until once twice".split()
)
"""Words of headings and first columns that are no names."""


def is_ordinary(word: str) -> bool:
    """Whether a word with a capital is one of the language, and no name."""
    lower = word.lower()
    if "-" in lower:
        return not ORDINARY.isdisjoint(lower.split("-"))
    return lower in ORDINARY or lower[1:].endswith(_ORDINARY_ENDS)
