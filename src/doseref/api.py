"""The Python interface: what the commands use, with the same words.

>>> import doseref
>>> result = doseref.check(["Tylenol Extra Strength 500 mg, 2 tablets every 6 hours"])
>>> result.regimens[0].totals[0].amount.high
Decimal('4000')
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from doseref.arguments import demand_text, directory, measured, yes_or_no
from doseref.checks.regimen.case import Case
from doseref.checks.runner import run
from doseref.dosage.model import Dosage
from doseref.errors import UsageError
from doseref.lists.results import results_among, unread_among
from doseref.names import Names, names
from doseref.records import replace
from doseref.refdata import Reference
from doseref.refdata import reference as _reference
from doseref.regimen.bench import STRICTEST, Bench, bench_of, one_bench, weighed
from doseref.regimen.evaluate import judge_all, read_items
from doseref.regimen.facts import sex_of
from doseref.regimen.judged import LEFT_OUT, Judged, ProductLoad
from doseref.regimen.model import SAYS_WHO, Given, Item, Total
from doseref.regimen.overlaps import overlaps
from doseref.regimen.person import Patient
from doseref.regimen.products import product_loads
from doseref.regimen.totals import covered
from doseref.result import Person, Result
from doseref.units import printed_for

if TYPE_CHECKING:
    from doseref.regimen.asof import AsOf

ItemInput = str | tuple[str, str] | Mapping[str, str] | Given
"""An item: its text; drug and sig; a mapping with ``item`` or with ``drug`` and ``sig``; or a :class:`Given`."""


def parse(text: str) -> Dosage:
    """The reading of one dosage instruction; it never raises for what a text may hold
    (see ``status`` and ``problems``). Raises :class:`UsageError` for what is no text.
    """
    if not isinstance(text, str):
        raise UsageError(f"not a text: {text!r}")
    return _reference().parse(text)


def reference(overlay: str | Path | None = None) -> Reference:
    """The dataset: the shipped one, with the tables in the directory ``overlay`` over it where one is named.

    The overlay is held against the rules of the dataset first; raises :class:`~doseref.errors.DataError` with file,
    line and column of each error in it.
    """
    if overlay is None:
        return _reference()
    from doseref.checks.dataset.overlay import demand_sound
    from doseref.tables.overlay import open_overlay

    opened = open_overlay(Path(directory(overlay)))
    demand_sound(opened.directory)
    return Reference(overlay=opened)


def given(item: ItemInput) -> Given:
    """An item as given, from any of the forms it may come in; raises :class:`UsageError` for any other."""
    if isinstance(item, Given):
        return item
    if isinstance(item, str):
        return Given(item)
    if isinstance(item, tuple) and len(item) == 2:
        return Given(f"{item[0]} {item[1]}".strip(), item[0], item[1])
    if isinstance(item, Mapping):
        _refuse_keys(item)
        if item.get("item"):
            return Given(str(item["item"]))
        if item.get("drug"):
            drug, sig = str(item["drug"]), str(item.get("sig") or "")
            return Given(f"{drug} {sig}".strip(), drug, sig)
    raise UsageError(f"not an item: {item!r}; give a text, (drug, sig), or a mapping with 'item' or 'drug' and 'sig'")


def read_fhir(
    document: str | bytes | Mapping[str, Any] | Iterable[Any], *, data: Reference | None = None
) -> list[Person]:
    """The persons of FHIR resources (R4 or R5), for :func:`check`: a Bundle, one resource, or several, as parsed JSON, or
    as JSON or NDJSON text.

    What the resources say of a person (Patient, Observation) goes with that person's items; ``data`` is the dataset
    whose codes name products. Raises :class:`~doseref.errors.InputError` where a resource is not what FHIR says it is, or
    none of them is of a medication, and :class:`UsageError` for what is no document.
    """
    from doseref.lists.fhir import persons
    from doseref.lists.files import json_of
    from doseref.streams import decode

    if isinstance(document, bytes):
        document = decode(document, "the document")
    if isinstance(document, str):
        document = json_of(document, "the document")
    return [Person(name, tuple(items)) for name, items in persons(document, data)]


def _refuse_keys(item: Mapping[str, str]) -> None:
    """What an unread key holds may change a dose: raises :class:`UsageError` for one, and for an item said twice."""
    unknown = [key for key in item if key not in ("item", "drug", "sig")]
    if unknown:
        several = len(unknown) > 1
        raise UsageError(
            f"not known in an item: {', '.join(map(repr, unknown))}; what is in {'them' if several else 'it'} may change "
            "a dose. A mapping has 'item', or 'drug' and 'sig'; check_frame reads a table with more columns"
        )
    if item.get("item") and (item.get("drug") or item.get("sig")):
        raise UsageError(f"an item and a drug or sig beside it: {dict(item)!r}; give 'item', or 'drug' and 'sig'")


def check(
    items: str | Mapping[str, str] | Given | Person | Iterable[ItemInput] | Iterable[Person],
    *,
    policy: str = STRICTEST,
    country: str = "US",
    otc: bool = False,
    as_of: date | str | None = None,
    strict: bool = False,
    accept_suggestions: bool = False,
    age: Decimal | int | None = None,
    weight: Decimal | int | None = None,
    pregnant: bool = False,
    egfr: Decimal | int | None = None,
    sex: str = "",
    creatinine: Decimal | int | None = None,
    crcl: Decimal | int | None = None,
    hepatic: bool = False,
    now: str = "",
    taken: Sequence[str] = (),
    data: Reference | str | Path | None = None,
    step: Callable[[], None] | None = None,
) -> Result:
    """Judge the items of one person (a text is one item), or several :class:`Person`: those of one id are one
    person.

    ``policy`` is ``strictest``, ``most-permissive`` or a source id; ``country`` and ``otc`` pick the labels that judge;
    ``as_of`` (a day) leaves out figures that are younger; ``age`` in years, ``weight`` in kg, ``egfr`` in mL/min/1.73
    m². ``sex`` is ``female`` or ``male`` (``F``, ``M``), ``creatinine`` in mg/dL (or a text, ``"97 umol/L"``): with age
    and weight they give the creatinine clearance, if it is not given as ``crcl`` in mL/min. ``pregnant``, ``hepatic`` and ``otc`` are true or false; of words only
    those that a table may hold are taken ("no", "yes", of the liver "mild"), others are refused. What the items say of a person (columns, FHIR) comes before these.
    ``now`` (``14:30``) and ``taken`` (one text an item of the first person: ``08:00 1 g, 12:00 1 g``) ask when the next
    dose fits. ``strict`` makes what is not assessed an error; ``data`` is the dataset (:func:`reference`) or the
    directory of tables to lay over the shipped one; ``step`` is called after each person. Raises :class:`UsageError` for
    an argument that is none, an empty list too (also a person's), and :class:`~doseref.errors.DataError` for a broken dataset.
    """
    given_items: list[Any]
    if isinstance(items, str | Mapping | Given | Person):
        given_items = [items]
    elif isinstance(items, Iterable):
        given_items = list(items)
    else:
        raise UsageError(f"no items: {items!r}; give a text, or a list of texts, (drug, sig) pairs or mappings")
    if not given_items:
        raise UsageError("there are no items; an empty list is not judged, for its result would look like a good one")
    people = _people(given_items)
    result, judged = check_each(
        people,
        policy=policy,
        country=country,
        otc=otc,
        as_of=as_of,
        strict=strict,
        accept_suggestions=accept_suggestions,
        age=age,
        weight=weight,
        pregnant=pregnant,
        egfr=egfr,
        sex=sex,
        creatinine=creatinine,
        crcl=crcl,
        hepatic=hepatic,
        now=now,
        taken=taken,
        data=data,
        step=step,
    )
    return replace(result, regimens=tuple(judged))


def check_each(
    people: Iterable[Person],
    *,
    policy: str = STRICTEST,
    country: str = "US",
    otc: bool = False,
    as_of: date | str | None = None,
    strict: bool = False,
    accept_suggestions: bool = False,
    age: Decimal | int | None = None,
    weight: Decimal | int | None = None,
    pregnant: bool = False,
    egfr: Decimal | int | None = None,
    sex: str = "",
    creatinine: Decimal | int | None = None,
    crcl: Decimal | int | None = None,
    hepatic: bool = False,
    now: str = "",
    taken: Sequence[str] = (),
    data: Reference | str | Path | None = None,
    step: Callable[[], None] | None = None,
) -> tuple[Result, Iterator[Judged]]:
    """The same of many people whose outcome is not kept: the result without regimens, and these one by one as they are
    judged.

    ``people`` are gone through once, in order; the options are those of :func:`check`, and so is what is raised.
    """
    loaded = data if isinstance(data, Reference) else reference(data)
    _demand_texts(now, taken)
    if now:
        from doseref.regimen.said_taken import minute_of

        minute_of(now)  # a time that is none is told before anything is judged
    if step is not None and not callable(step):
        raise UsageError(f"step {step!r} cannot be called; give a function without arguments")
    said_first = (taken,) if isinstance(taken, str) else taken
    facts = {"age": age, "weight": weight, "egfr": egfr, "creatinine": creatinine, "crcl": crcl}
    known: dict[str, Any] = {role: measured(role, value) for role, value in facts.items() if value is not None}
    known |= {"pregnant": yes_or_no("pregnant", pregnant), "hepatic": yes_or_no("hepatic", hepatic)}
    patient = Patient(sex=sex_of(sex), **known)
    where, label = demand_text("country", country, "GB").upper(), yes_or_no("otc", otc)
    bench = Bench(demand_text("policy", policy, STRICTEST), where, label, str(as_of or ""), patient)
    bench = one_bench(bench.checked(loaded))
    strict, accept_suggestions = yes_or_no("strict", strict), yes_or_no("accept_suggestions", accept_suggestions)
    index = names(loaded)

    def judged() -> Iterator[Judged]:
        for place, person in enumerate(people):
            said = said_first if said_first and not place else None
            with printed_for(where):
                made = _judge(person, index, bench, strict, accept_suggestions, now, said)
            yield made
            if step:
                step()

    return Result((), policy, loaded, bench), judged()


def _demand_texts(now: object, taken: object) -> None:
    """Raises :class:`UsageError` where a time of day is no text, or what was taken is not a text for each item."""
    if not isinstance(now, str):
        raise UsageError(f"now is no text: {now!r}; give a time of day such as '14:30'")
    each = [taken] if isinstance(taken, str) else list(taken) if isinstance(taken, Iterable) else [taken]
    other = next((one for one in each if not isinstance(one, str)), None)
    if other is not None:
        raise UsageError(f"taken holds no text: {other!r}; give one text for each item, such as '08:00 1 g, 12:00 1 g'")


def _people(items: Sequence[Any]) -> list[Person]:
    if not any(isinstance(each, Person) for each in items):
        return [Person(None, tuple(given(each) for each in items))]
    people: dict[str | None, list[Given]] = {}
    for each in items:
        if not isinstance(each, Person):
            raise UsageError(f"an item among persons: {each!r}; give each person's items with that person")
        if not (each.id is None or isinstance(each.id, str | int)) or not isinstance(each.items, tuple | list):
            raise UsageError(
                f"not a person: Person({each.id!r}, {each.items!r}); give an id (a text) and a list of items"
            )
        if each.id is None and None in people:
            raise UsageError("two persons have no id: what one takes would be judged with or without the other's")
        own = [given(item) for item in each.items]
        if not own:
            raise UsageError(
                f"{each!r} has no items; an empty list is not judged, for its result would look like a good one"
            )
        people.setdefault(each.id, []).extend(own)  # one id is one person, as in a table
    return [Person(name, tuple(own)) for name, own in people.items()]


def _judge(
    person: Person,
    index: Names,
    bench: Bench,
    strict: bool,
    accept_suggestions: bool,
    now: str = "",
    said_taken: Sequence[str] | None = None,
) -> Judged:
    """One person: items, totals, overlaps, what was taken by ``now``, then every rule."""
    taken = [given for given in person.items if not given.left_out]
    said = [fact for item in person.items for fact in item.facts]
    bench = bench_of(bench, said + results_among(given.text for given in taken))
    items = read_items(taken, index, bench, accept_suggestions)
    bench = weighed(bench, (item.own_weight_kg for item in items))
    bench = bench_of(bench, unread_among(items))
    totals = judge_all(items, index, bench)
    shared = tuple(overlaps(items, index.data))
    loads = tuple(product_loads(items, bench, index.data))
    asked = _as_of(taken, items, totals, loads, now, said_taken, index, bench) if now else ()
    case = Case(items, totals, shared, loads, bench, index.data, index, strict, asked)
    ordered = sorted(run("regimen", case), key=lambda finding: (-finding.severity, finding.code, finding.items))
    left = [
        ((), f"{given.text} ({given.place})", f"{LEFT_OUT}{given.left_out}")
        for given in person.items
        if given.left_out not in ("", SAYS_WHO)
    ]
    noted = [((), f"item {item.n}", item.unread_note) for item in items if item.unread_note]
    skipped = (*_not_assessed(items, totals, index.data, bench.country), *noted, *left)
    return Judged(person.id, items, totals, shared, tuple(ordered), skipped, loads, bench.patient, asked)


def _as_of(
    taken: Sequence[Given],
    items: Sequence[Item],
    totals: Sequence[Total],
    loads: Sequence[ProductLoad],
    now: str,
    said: Sequence[str] | None,
    index: Names,
    bench: Bench,
) -> tuple[AsOf, ...]:
    """What was taken by ``now`` and when the next dose fits; ``said`` comes before what the rows say."""
    from doseref.regimen.asof import as_of  # rarely asked for

    told = [each.taken for each in taken] if said is None else said
    return as_of(items, totals, loads, told, now, index, bench)


def _not_assessed(
    items: Sequence[Item], totals: Sequence[Total], data: Reference, country: str
) -> list[tuple[tuple[int, ...], str, str]]:
    """What was not assessed, and why: totals that nothing judges, items that gave no exposure or only part of one."""
    told: list[tuple[tuple[int, ...], str, str]] = []
    for total in totals:
        if not total.judged and not covered(total, totals):
            told.append((total.items, total.called(data.name_of(total.substance, country)), total.reason))
    for item in items:
        what = item.matched or item.given.text
        if item.unassessed:
            told.append(((item.n,), what, item.told or "not read"))
    return sorted(told)
