"""Side effects that two or more different substances share, with the phrases that say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from doseref.refdata import Reference
from doseref.regimen.model import Item, Overlap

_OPIOID, _WITH_OPIOID = "opioid", ("benzodiazepine", "gabapentinoid", "opioid", "barbiturate")


def overlaps(items: Iterable[Item], data: Reference) -> Iterator[Overlap]:
    """Every class that adds up and that at least two substances share, the gravest first.

    An unread dosage does not hide a side effect: what an item names counts. Topical use does not.
    """
    sharing: dict[str, dict[str, tuple[set[int], list[str]]]] = {}
    for item in items:
        for substance in item.substances:
            routes = {exposure.route for exposure in item.exposures if exposure.substance == substance}
            if routes and not routes & {"systemic", "transdermal"}:
                continue
            for class_id, phrase in _effects(substance, data):
                numbers, phrases = sharing.setdefault(class_id, {}).setdefault(substance, (set(), []))
                numbers.add(item.n)
                if phrase not in phrases:
                    phrases.append(phrase)
    found = []
    for class_id, substances in sharing.items():
        known = data.side_effect_classes.get(class_id)
        if known is None or not known.adds_up or len(substances) < 2:
            continue
        if known.severity == "warning" and not _piles_up(tuple(substances), data):
            continue
        together = sorted({n for each, _ in substances.values() for n in each})
        told = tuple(f"{data.name_of(s)}: {', '.join(said)}" for s, (_, said) in substances.items())
        found.append((known.severity != "warning", Overlap(class_id, known.label, tuple(substances), tuple(together), told)))
    yield from (overlap for _, overlap in sorted(found, key=lambda each: (each[0], each[1].class_id)))


def _effects(substance: str, data: Reference) -> Iterator[tuple[str, str]]:
    """Side-effect class and phrase (with its source) of a substance; a reduced risk does not count."""
    for effect in data.side_effects.get(substance, ()):
        if effect.qualifier == "reduced":
            continue
        for class_id in effect.classes:
            yield class_id, f"{effect.phrase} ({effect.statement})"
    known = data.substances.get(substance)
    for class_id in known.side_effects if known else ():
        yield class_id, "listed for its class"


def _piles_up(substances: tuple[str, ...], data: Reference) -> bool:
    """Whether these include an opioid with another opioid, a benzodiazepine, a gabapentinoid or a barbiturate."""
    kinds = [_lineage(substance, data) for substance in substances]
    opioids = [each for each in kinds if _OPIOID in each]
    others = [each for each in kinds if _OPIOID not in each and each & set(_WITH_OPIOID)]
    return bool(opioids) and (len(opioids) > 1 or bool(others))


def _lineage(substance: str, data: Reference) -> set[str]:
    """The classes of a substance and all their parents."""
    known = data.substances.get(substance)
    return {parent for class_id in (known.classes if known else ()) for parent in data.ancestry(class_id)}
