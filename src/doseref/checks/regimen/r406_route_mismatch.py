"""R406 route-mismatch (error)

What. An item names a route by which no source here gives the substance, or that its own form cannot be given by (eye
drops by mouth). What is only injected, inhaled or put on the skin and is to be swallowed is a warning, as is any other
kind of route that no source knows; a route that differs otherwise is information. What must never be given so, and is
(pushed into a vein, into a muscle, under the tongue), is told as ``cautions.csv`` has it.

Why. Limits are per route; a wrong route is either a mistake or outside what the sources judge. An insulin that is
swallowed does nothing, an eye drop may stop a heart, undiluted potassium chloride does.

Passes:
    Capsaicin cream apply topically three times daily
    Albuterol inhaler 2 puffs by mouth every 6 hours as needed

Fires:
    Enoxaparin 40 mg by mouth once daily
    Timolol 0.5% eye drops 1 drop by mouth twice daily
    Potassium chloride 20 mEq IV push once
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from doseref.checks.regimen.case import Case, Finding, Severity, listed
from doseref.limits import ROUTE_KIND
from doseref.patterns import regex
from doseref.refdata import Reference
from doseref.regimen.model import Item
from doseref.regimen.ways import wrongly_given
from doseref.tables.entries import Caution

_ANY_INJECTION = {"intravenous", "intramuscular", "subcutaneous"}
_SWALLOWED = {"oral", "sublingual", "buccal", "enteral"}
_BREATHED = {"{puff}", "{inhalation}", "{actuat}", "{spray}", "{nebule}"}
"""Counted so, "by mouth" means breathed in through it."""
_NOT_SWALLOWED = regex(
    r"\b((?:eye|ear|nose|nasal)[\s-]?(?:drops?|ointment|gel|spray)|patch(?:es)?|(?:suppositor|pessar)(?:y|ies)|enemas?|cream|ointment|lotion)\b",
    re.I,
)
"""Forms that nobody swallows."""
_NEBULE = regex(r"\b(nebules?|respules?|inhalation\s(?:solution|capsules?)|nebuli[sz]er\ssolution)\b", re.I)
"""What is breathed in, and not to be swallowed."""
_SWALLOWED_SO = regex(r"\b(?:p\.?o|orally|swallow(?:ed)?|drink)\b", re.I)
_ALL_THE_SAME = regex(
    r"\bnebuli[sz](?:e|ed|er|ation)\b(?!\ssolution)|\binhaled?\b|\bneb\b|\b(?:not|never|don['’]?t)\s(?:be\s)?swallow|\bslurry\b|\bviscous\b|"
    r"\beosinophilic\b|\beoe\b|\bo?esophag",
    re.I,
)
"""It is breathed in all the same, or is meant for the gullet: budesonide as a slurry for eosinophilic oesophagitis."""
_FOR_EARS = regex(r"\b(otic|ear[\s-]?(?:drops?|spray))\b", re.I)
"""Forms that are not sterile and may be acid: never for an eye."""
_NOT_INTO_A_VEIN = frozenset(("intramuscular", "subcutaneous"))
_INJECTED = regex(r"\b(?:inj(?:ect(?:ion|ed)?)?|intravitreal(?:ly)?)\b", re.I)
"""An eye into which something is injected is no place for drops."""
_OUTSIDE = frozenset(("otic", "topical", "vaginal", "rectal", "nasal"))
"""What is given by these routes alone is not made for an eye."""
_EYES = regex(r"\beyes?\b", re.I)
_EARS = regex(r"\b(?:(?:left|right|affected|each|either) ear|ears)\b", re.I)
"""An ear that is named as a place: the "ear" of an ear spray is none."""


def check(case: Case) -> Iterator[Finding]:
    """One finding per item whose form has another route, else per substance with a stated route that no source
    knows.
    """
    for item in case.items:
        yield from (_wrongly(case, item, *each) for each in wrongly_given(item, case.data))
        stated = _stated(item)
        form = _NOT_SWALLOWED.search(item.given.text) if stated and stated <= _SWALLOWED else None
        nebule = _swallowed_nebule(item.given.text)
        ears = _FOR_EARS.search(item.given.text) if "ophthalmic" in stated or _ears_into_eyes(item) else None
        if form:
            how = f"{form[1].lower()} by the {listed(sorted(stated))} route: this form is not swallowed"
            yield _of_form(case, item, how)
        elif nebule:
            yield _of_form(
                case, item, f"{nebule} to be swallowed: they are breathed in through a nebuliser or an inhaler"
            )
        elif ears:
            how = f"{ears[1].lower()} in the name, and it is put into an eye: what is for ears is not for eyes"
            yield _of_form(case, item, how)
        else:
            for substance in item.substances if stated else ():
                yield from _unknown(case, item, substance, stated)


_WAYS = {
    "pushed": "pushed into a vein",
    "intramuscular": "into a muscle",
    "intravenous": "into a vein",
    "sublingual": "under the tongue",
}
"""How a way of giving is told."""


def _wrongly(case: Case, item: Item, caution: Caution, substance: str) -> Finding:
    """A substance that is not given as this item says, whoever gets it."""
    name, source = case.told(substance), case.data.sources[caution.source]
    return Finding(
        "R406",
        "route-mismatch",
        Severity.from_word(caution.severity),
        f"item {item.n}: {name} {_WAYS[caution.given]}: {caution.advice} ({source.short})",
        items=(item.n,),
        substances=(case.name(substance),),
        sources=(caution.source,),
        mend="write how it is diluted and over how long it is given"
        if caution.given == "pushed"
        else "check the route",
        extra={"caution": caution.id},
    )


def _of_form(case: Case, item: Item, how: str) -> Finding:
    """An item whose own form is not given by the stated route; ``how`` says it."""
    return Finding(
        "R406",
        "route-mismatch",
        Severity.WARNING,
        f"item {item.n}: {how}",
        items=(item.n,),
        substances=tuple(case.name(s) for s in item.substances),
        mend="check form and route",
    )


def _swallowed_nebule(text: str) -> str:
    """The form that is only breathed in, of a line that has it swallowed; empty for any other line."""
    found = _NEBULE.search(text)
    if found is None or _SWALLOWED_SO.search(text) is None or _ALL_THE_SAME.search(text):
        return ""
    return found[1].lower()


def _ears_into_eyes(item: Item) -> bool:
    """Whether the route is that of the ear and the place an eye: "otic, 4 drops in both eyes"."""
    options = item.dosage.options if item.dosage else ()
    return any(
        option.route == "otic" and option.site and _EYES.search(option.site) and not _EARS.search(option.site)
        for option in options
    )


def _stated(item: Item) -> set[str]:
    """The routes that an item names; what is counted in puffs and taken by mouth is breathed in,
    what is rinsed is not swallowed.
    """
    options = item.dosage.options if item.dosage else ()
    into = bool(_INJECTED.search(item.given.text))
    return {
        "injection" if into and option.route == "ophthalmic" else option.route
        for option in options
        if option.route
        and not (option.count and option.count.unit in _BREATHED and option.route in _SWALLOWED)
        and option.method not in ("rinse", "inhale")
    }


def _unknown(case: Case, item: Item, substance: str, stated: set[str]) -> Iterator[Finding]:
    """One substance and the routes that nothing here knows of it."""
    known = _known(substance, case.data)
    into = known & _ANY_INJECTION
    wrong = {route for route in stated if route not in known and not (route == "injection" and into)}
    if not known or not wrong or ("injection" in known and wrong <= _ANY_INJECTION):
        return
    into_a_vein = "intravenous" in wrong and known <= _NOT_INTO_A_VEIN
    kinds = {ROUTE_KIND.get(route, "systemic") for route in known}
    marketed = case.data.substances.get(substance)
    into_an_eye = "ophthalmic" in wrong and known <= _OUTSIDE
    swallowed = wrong <= _SWALLOWED and not known & _SWALLOWED and bool(marketed and marketed.routes)
    severity = (
        Severity.WARNING
        if swallowed
        or into_a_vein
        or into_an_eye
        or all(ROUTE_KIND.get(route, "systemic") not in kinds for route in wrong)
        else Severity.INFO
    )
    name = case.told(substance)
    yield Finding(
        "R406",
        "route-mismatch",
        severity,
        f"{name} is given by the {listed(sorted(wrong))} route; the sources here give it {listed(sorted(known))}",
        items=(item.n,),
        substances=(case.name(substance),),
        mend="check the route",
    )


@lru_cache(maxsize=4096)
def _known(substance: str, data: Reference) -> frozenset[str]:
    """Every route that a statement, a product, the substance's usual use or the list of what is marketed names."""
    routes = {limit.route for limit in data.limits.get(substance, ())}
    routes |= {product.route for product in data.products_with(substance)}
    usual = data.substances.get(substance)
    if usual:
        routes |= {usual.usual_route, *usual.routes}
    return frozenset(routes - {""})
