"""What labels of other countries say of a substance of which no source of the country asked is known."""

from __future__ import annotations

from doseref.limits import Limit
from doseref.records import replace
from doseref.refdata import Reference
from doseref.regimen.bench import Bench
from doseref.regimen.scope import Aspect, asked, informs, other_person, other_thing
from doseref.regimen.taken import Taken


def elsewhere(taken: Taken, bench: Bench, data: Reference, aspect: Aspect) -> tuple[Limit, ...]:
    """The limits of other countries that are about what is taken and about this person; none where any source of the
    country asked speaks of the substance, or where one source alone is asked.
    """
    limits = data.limits.get(taken.substance, ())
    if bench.source is not None or any(not asked(limit, bench, data) for limit in limits):
        return ()
    return tuple(
        limit
        for limit in limits
        if not informs(limit, data)
        and not asked(limit, replace(bench, country=limit.country), data)
        and not other_person(limit, bench.patient)
        and not other_thing(limit, taken, data, aspect)
    )
