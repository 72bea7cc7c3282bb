"""FHIR ``Dosage`` objects (R4 and R5, this project's own and other systems') as a
:class:`~doseref.dosage.model.Dosage`.

Structured fields are read first; the free text stands where nothing structured says how much or how often, and fills
what they leave open; where both speak, their meanings are compared. What cannot be read is a :class:`Problem`, never a guess,
and any JSON gives a Dosage, never a traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from doseref.dosage.fhir_extensions import (
    concept_text,
    extensions_of,
    parts_of,
    read_cycle,
    read_maximum,
    read_step,
    read_strength,
    read_target,
    string_of,
    whole_of,
)
from doseref.dosage.fhir_quantity import Notes, as_dict, as_list, as_text, read_quantity
from doseref.dosage.fhir_terms import ROUTE_CODES, ROUTE_WORDS
from doseref.dosage.fhir_timing import read_dose_and_rate, read_longest, read_timing
from doseref.dosage.model import RELEASES, ROUTES, Dosage, Maximum, Option, Phase, Problem, Status
from doseref.dosage.said_twice import comparable, doses_meet, larger_of, oftener, wider
from doseref.dosage.vocabulary import Vocabulary
from doseref.quantities import Period, Range
from doseref.records import replace

Json = dict[str, Any]


def from_fhir(resources: Iterable[Any], vocabulary: Vocabulary) -> Dosage:
    """The Dosage that a list of FHIR ``Dosage`` objects says, taken together.

    Objects of one ``sequence`` (or without any) are taken together, others one after the other. Unread
    parts are in ``problems``; their places are offsets into ``text``, the whole of it where FHIR gives none. Texts are
    read with ``vocabulary``.
    """
    items = [as_dict(resource) for resource in resources]
    if not items:
        return Dosage("", "unread")
    first = items[0]
    own = extensions_of(first, "status")
    text = as_text(next(iter(extensions_of(first, "source-text")), {}).get("valueString"))
    if not text:
        text = " ".join(found for found in (_words(item) for item in items) if found)
    notes = Notes(vocabulary)
    phases = _phases(items, notes)
    found = Dosage(
        text,
        "read",
        phases,
        read_target(first, notes),
        _maxima(items, notes),
        read_longest(items, notes),
    )
    if own:
        return _with_own_status(found, first, str(own[0].get("valueCode")), notes)
    return _foreign(found, items, notes)


def _with_own_status(found: Dosage, first: Json, status: str, notes: Notes) -> Dosage:
    """This project's own resource: status and problems are the parser's, as written."""
    known: dict[str, Status] = {"read": "read", "partly-read": "partly-read", "unread": "unread"}
    problems = []
    for extension in extensions_of(first, "problem"):
        part = parts_of(extension)
        start, end = part.get("start", {}).get("valueInteger"), part.get("end", {}).get("valueInteger")
        problems.append(
            Problem(
                as_text(part.get("message", {}).get("valueString")),
                start if isinstance(start, int) else 0,
                end if isinstance(end, int) else len(found.text),
                as_text(part.get("kind", {}).get("valueCode")) or "unread",
            )
        )
    problems += [Problem(message, 0, len(found.text)) for message in notes.messages]
    kept = known.get(status, "partly-read")
    if notes.messages and kept == "read":
        kept = "partly-read"
    return replace(found, status=kept, problems=tuple(problems))


def _foreign(found: Dosage, items: list[Json], notes: Notes) -> Dosage:
    """Another system's resource: judged by what was read, with the free text filling the gaps."""
    if not any(_tells(option) for option in found.options):
        return _from_text(found, notes)
    for item in items:
        for instruction in as_list(item.get("additionalInstruction")):
            found = _with_instruction(found, concept_text(as_dict(instruction)), notes)
    if len(items) == 1 and found.text:
        plain_no = items[0].get("asNeeded") is False or items[0].get("asNeededBoolean") is False
        found = _filled(found, notes, plain_no)
    if any(amount and not amount.high for option in found.options for amount in (option.dose, option.count)):
        notes.add("a dose of zero is not read")
        found = replace(found, phases=())
    problems = tuple(Problem(message, 0, len(found.text)) for message in notes.messages)
    return replace(found, status="partly-read" if problems else "read", problems=(*found.problems, *problems))


def _tells(option: Option) -> bool:
    """Whether the option says how much or how often."""
    return any((option.dose, option.count, option.times, option.every, option.when, option.at, option.days))


def _from_text(found: Dosage, notes: Notes) -> Dosage:
    """Nothing structured says how much or how often: the reading of the text, with the maximum, the route and the
    problems of the structure added.
    """
    from doseref.dosage import parse

    read = parse(found.text, notes.vocabulary)
    routes = {option.route for option in found.options}
    only = routes.pop() if len(routes) == 1 else None
    phases = tuple(
        replace(phase, options=tuple(replace(option, route=option.route or only) for option in phase.options))
        for phase in read.phases
    )
    read = replace(read, phases=phases, maximum=_maxima_of_both(found, read, notes))
    if not notes.messages:
        return read
    more = tuple(Problem(message, 0, len(found.text)) for message in notes.messages)
    status: Status = "partly-read" if read.status == "read" else read.status
    return replace(read, status=status, problems=(*read.problems, *more))


def _maxima_of_both(found: Dosage, read: Dosage, notes: Notes) -> tuple[Maximum, ...]:
    """The maxima of structure and text; of two that differ the larger, which hides no dose, and that is told."""
    both, unequal = larger_of(found.maximum, read.maximum)
    if unequal:
        notes.add("the text and the structure state other maxima, the larger one counts")
    return both


def _filled(found: Dosage, notes: Notes, plain_no: bool) -> Dosage:
    """The structured reading with what only the text says; where both speak and differ, a problem and no change.

    ``plain_no`` is whether the structure says outright that it is not as needed.
    """
    from doseref.dosage import parse

    read = parse(found.text, notes.vocabulary)
    if len(found.options) != 1:
        return found
    have = found.options[0]
    if len(read.options) > 1:
        notes.add("the text has more parts than the structure")
        return found
    if read.status == "unread" or not read.options:
        if not _complete(have):
            notes.add("the text is not read, and the structure says too little")
        return found
    if read.status == "partly-read" and not _complete(have):
        notes.add("the text is read only in part")
    said = read.options[0]
    changes: Json = {}
    if not (have.times or have.every or have.when or have.at):
        changes |= {"times": said.times, "every": said.every, "when": said.when, "at": said.at}
    if have.dose is None and have.count is None:
        changes |= {"dose": said.dose, "count": said.count, "per_day": said.per_day}
    elif doses_meet(have, said, None) is False:
        notes.add("the text and the structured dose differ")
    elif have.per_day == said.per_day:
        changes |= {"dose": _both(have.dose, said.dose), "count": _both(have.count, said.count)}
    changes |= _rate_of_both(have, said, notes)
    for name in ("strengths", "form", "release", "route", "prn_for", "duration", "doses_total"):
        if not getattr(have, name) and getattr(said, name):
            changes[name] = getattr(said, name)
    if said.prn and not have.prn:
        changes["prn"] = True
        if plain_no:
            notes.add("the text says as needed, the structure that it is not")
    phase = replace(found.phases[0], options=(replace(have, **changes),))
    return replace(
        found,
        phases=(phase,),
        target=found.target or read.target,
        maximum=_maxima_of_both(found, read, notes),
        longest=found.longest or (read.longest if have.duration is None else None),
    )


def _both(have: Range | None, said: Range | None) -> Range | None:
    """Of two amounts that agree the wider; where they cannot be compared (tablets and mg) the structured one."""
    return wider(have, said) if have and said and comparable(have, said) else have


def _rate_of_both(have: Option, said: Option, notes: Notes) -> Json:
    """The wider of two rates that agree, as fields of the option; nothing where one is not said or the text's is
    the narrower. Where both speak and mean another rate, that is told: every 6 hours is four times a day, not three.
    """
    if not ((have.times or have.every) and (said.times or said.every)):
        return {}
    stands = oftener(have, said)
    if stands is None:
        notes.add("the text and the structured timing differ")
    return {"times": said.times, "every": said.every} if stands is said else {}


def _complete(option: Option) -> bool:
    """Whether the structure says both how much and how often."""
    often = option.times or option.every or option.when or option.at or option.per_day or option.doses_total
    return bool((option.dose or option.count) and often)


def _with_instruction(found: Dosage, words: str, notes: Notes) -> Dosage:
    """``additionalInstruction``: a maximum in it counts; other advice changes no figure and is left alone."""
    if not any(letter.isdigit() for letter in words):
        return found
    from doseref.dosage import parse

    read = parse(words, notes.vocabulary)
    bare = not any(_tells(option) for option in read.options)
    if read.status == "read" and bare and (read.maximum or read.longest):
        return replace(found, maximum=(*found.maximum, *read.maximum), longest=found.longest or read.longest)
    notes.add(f"instruction not read: {words}")
    return found


def _phases(items: list[Json], notes: Notes) -> tuple[Phase, ...]:
    """One phase per resource, or per run of resources that share the ``phase`` extension (alternatives)."""
    phases: list[Phase] = []
    previous: object = None
    for item in items:
        number = next((extension.get("valueInteger") for extension in extensions_of(item, "phase")), None)
        option = _option(item, notes)
        if option == Option() and len(items) == 1 and "sequence" not in item:
            return ()
        if number is not None and number == previous and phases:
            phases[-1] = replace(phases[-1], options=(*phases[-1].options, option))
            continue
        previous = number
        sequence = item.get("sequence")
        step = next((read_step(extension, notes) for extension in extensions_of(item, "step")), None)
        phases.append(
            Phase(
                sequence if isinstance(sequence, int) and not isinstance(sequence, bool) else 1,
                (option,),
                whole_of(item, "from-day"),
                whole_of(item, "to-day"),
                step,
            )
        )
    phases.sort(key=lambda phase: phase.sequence)
    return tuple(phases)


def _option(item: Json, notes: Notes) -> Option:
    if item.get("modifierExtension"):
        notes.add("a modifierExtension is not understood")
    if item.get("maxDosePerLifetime"):
        notes.add("maxDosePerLifetime is not assessed")
    timing = as_dict(item.get("timing"))
    fields = read_timing(item, timing, notes)
    dose, count, per_day = read_dose_and_rate(item, notes)
    prn, prn_for = _as_needed(item)
    release = next((as_text(extension.get("valueCode")) for extension in extensions_of(item, "release")), None)
    return Option(
        dose=dose,
        count=count,
        per_day=per_day,
        strengths=tuple(
            found for extension in extensions_of(item, "strength") if (found := read_strength(extension, notes))
        ),
        route=_route(as_dict(item.get("route")), notes),
        form=string_of(item, "form"),
        release=release if release in RELEASES else None,
        prn=prn,
        prn_for=prn_for or string_of(item, "reason"),
        cycle=next((read_cycle(extension, notes) for extension in extensions_of(item, "cycle")), None),
        site=concept_text(as_dict(item.get("site"))) or None,
        method=concept_text(as_dict(item.get("method"))) or None,
        until=string_of(item, "until"),
        **fields,
    )


def _as_needed(item: Json) -> tuple[bool, str | None]:
    reasons = [concept_text(as_dict(reason)) for reason in as_list(item.get("asNeededFor"))]
    reasons.append(concept_text(as_dict(item.get("asNeededCodeableConcept"))))
    words = " or ".join(reason for reason in reasons if reason)
    asked = item.get("asNeeded") is True or item.get("asNeededBoolean") is True
    return asked or bool(words) or "asNeededCodeableConcept" in item, words or None


def _route(concept: Json, notes: Notes) -> str | None:
    if not concept:
        return None
    words = [as_text(concept.get("text"))]
    for coding in (as_dict(found) for found in as_list(concept.get("coding"))):
        known = ROUTE_CODES.get(as_text(coding.get("code")))
        if known:
            return known
        words.append(as_text(coding.get("display")))
    for word in words:
        plain = word.lower().removesuffix(" route").removesuffix(" use").strip()
        if plain in ROUTES:
            return plain
        if plain in ROUTE_WORDS:
            return ROUTE_WORDS[plain]
    notes.add(f"unknown route {next((word for word in words if word), '(a code without words)')}")
    return None


def _maxima(items: list[Json], notes: Notes) -> tuple[Maximum, ...]:
    listed = [read_maximum(extension, notes) for extension in extensions_of(items[0], "maximum")]
    if listed:
        return tuple(found for found in listed if found)
    found: list[Maximum] = []
    for item in items:
        for ratio in (as_dict(entry) for entry in as_list(item.get("maxDosePerPeriod"))):
            top = read_quantity(as_dict(ratio.get("numerator")), notes)
            under = read_quantity(as_dict(ratio.get("denominator")), notes, time=True)
            if top and under and under.value > 0:
                found.append(Maximum(top.value, top.unit, Period(under.value, under.unit)))
            else:
                notes.add("a maxDosePerPeriod is not read")
        if item.get("maxDosePerAdministration"):
            amount = read_quantity(as_dict(item["maxDosePerAdministration"]), notes)
            if amount:
                found.append(Maximum(amount.value, amount.unit, None))
    return tuple(dict.fromkeys(found))


def _words(item: Json) -> str:
    """The free text of one resource."""
    return as_text(item.get("text")) or as_text(item.get("patientInstruction"))
