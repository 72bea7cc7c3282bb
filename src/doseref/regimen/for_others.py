"""Limits that are stated for other people than this one, or by another country for just such people."""

from __future__ import annotations

from collections.abc import Sequence

from doseref.limits import Limit
from doseref.records import replace
from doseref.refdata import Reference
from doseref.regimen.bench import Bench
from doseref.regimen.scope import asked, informs, other_person, other_thing, silent
from doseref.regimen.taken import Taken


def for_heavier(taken: Taken, bench: Bench, data: Reference) -> str:
    """Why limits of what is taken do not speak to a person who is too light for them; empty where no such limit would."""
    heavier = replace(bench, patient=replace(bench.patient, weight=None))
    return next(
        (
            light
            for limit in data.limits.get(taken.substance, ())
            if (light := bench.patient.too_light(limit)) and not silent(limit, taken, heavier, data)
        ),
        "",
    )


def for_such_people(taken: Taken, bench: Bench, data: Reference) -> tuple[Limit, ...]:
    """The maxima of other countries for the age or the kidney function of this person, where the country asked has none
    for it; none where one source alone is asked.
    """
    patient = bench.patient
    if bench.source is not None or (patient.age is None and patient.renal is None):
        return ()
    found = tuple(
        limit
        for limit in data.limits.get(taken.substance, ())
        if limit.special
        and not limit.products
        and limit.kind in ("maximum", "not-recommended-above")
        and not informs(replace(limit, kind="maximum"), data)
        and not other_person(limit, patient)
        and not other_thing(limit, taken, data)
        and not asked(limit, replace(bench, country=limit.country), data)
    )
    if any(limit.country in ("", bench.country) for limit in found):
        return ()
    return found


def such_people(limits: Sequence[Limit]) -> str:
    """Whose limits these are and for whom, in words: ``labels of US give people of "CrCl <15" at most``."""
    countries = " and ".join(dict.fromkeys(limit.country for limit in limits if limit.country))
    return f'labels of {countries or "no country"} give people of "{limits[0].population}" at most'
