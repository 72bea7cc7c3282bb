"""Who judges: the options that pick the sources (policy, country, prescription or not, day) and the patient."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from doseref.errors import UsageError
from doseref.records import Kept, record, replace
from doseref.refdata import Reference
from doseref.regimen.facts import UNCLEAR, who
from doseref.regimen.person import Patient

STRICTEST, MOST_PERMISSIVE = "strictest", "most-permissive"


POLICIES = (STRICTEST, MOST_PERMISSIVE)


@record
class Bench(Kept):
    """Who judges: the policy, the country, prescription or over-the-counter labels, the day, the patient."""

    policy: str = STRICTEST
    country: str = "US"
    otc: bool = False
    as_of: str = ""
    patient: Patient = Patient()

    @property
    def source(self) -> str | None:
        """The one source that judges, where the policy names one."""
        return None if self.policy in POLICIES else self.policy

    @property
    def usual(self) -> bool:
        """Whether no option chooses other sources than the usual ones."""
        return self.source is None and self.country == "US" and not self.otc and not self.as_of

    def checked(self, data: Reference) -> Bench:
        """This bench; raises :class:`UsageError` for a policy that is neither known nor a source,
        a country or a day that is none.
        """
        if self.as_of:
            _demand_day(self.as_of)
        if self.source and self.source not in data.sources:
            known = ", ".join((*POLICIES, *(key for key, source in data.sources.items() if source.kind == "article")))
            raise UsageError(
                f"there is no policy or source {self.policy!r}; known: {known} (all sources: doseref show --sources)"
            )
        demand_labels_of(self.country, data)
        if self.patient.cannot_be:
            raise UsageError(f"one person cannot be {self.patient.cannot_be}: which of the two is it?")
        return self


def demand_labels_of(country: str, data: Reference) -> None:
    """Raises :class:`UsageError` for a country (ISO code) of which there are no labels."""
    if not data.has_labels_of(country):
        raise UsageError(
            f"there are no labels of {country!r}; known: {', '.join(sorted(data.countries))} (the United Kingdom is GB)"
        )


def bench_of(bench: Bench, facts: Iterable[tuple[str, str]]) -> Bench:
    """The same options for the person of whom these facts are told, in order."""
    known = dict.fromkeys(facts)
    if not known:
        return bench
    from datetime import date  # costs start-up, and is rarely asked for

    today = date.fromisoformat(bench.as_of) if len(bench.as_of) == 10 else date.today()
    patient = bench.patient
    told = who(known, today, [role for role in _ROLES if getattr(patient, role) is not None])
    if patient.unclear and told.get(UNCLEAR):
        told[UNCLEAR] = tuple(dict.fromkeys((*patient.unclear, *told[UNCLEAR])))  # type: ignore[misc]
    patient = replace(patient, **told)
    if why := patient.cannot_be:  # whichever of them is wrong, none is judged by
        aside = {"sex": ""} if patient.sex == "male" else {"age": None}
        patient = replace(patient, pregnant=False, unclear=(*patient.unclear, f"{why}: which is it?"), **aside)
    return one_bench(replace(bench, patient=patient))


_ROLES = ("age", "weight", "egfr", "crcl", "creatinine")


def weighed(bench: Bench, weights_kg: Iterable[Decimal | None]) -> Bench:
    """The same options for the person whose weight only the lines of the list say, the lightest where they differ:
    who weighs as a child is not held against limits for adults.
    """
    known = [each for each in weights_kg if each is not None]
    if not known or bench.patient.weight is not None:
        return bench
    return one_bench(replace(bench, patient=replace(bench.patient, weight=min(known))))


@lru_cache(maxsize=256)
def one_bench(bench: Bench) -> Bench:
    """The one object for all equal benches: what is kept by bench is then found without comparing field by field."""
    return bench


def _demand_day(written: str) -> None:
    from datetime import date  # costs start-up, and is rarely asked for

    try:
        date.fromisoformat(written)
    except ValueError:
        raise UsageError(f"as-of {written!r} is not a day like 2026-01-31") from None
