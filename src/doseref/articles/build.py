"""From drafts to statements: parse each dosage once, tie loose maxima to the statement they follow, number them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy

from doseref.articles.banded import with_bands
from doseref.articles.contexts import context_of
from doseref.articles.doses import dose_words, has_limit
from doseref.articles.extracted import Draft
from doseref.articles.instruction import Parse
from doseref.articles.kinds import AnyCase
from doseref.articles.max_places import limit_alone, place_of, with_places
from doseref.articles.model import Article
from doseref.articles.named_uses import named_use
from doseref.articles.resolve import Resolver
from doseref.articles.spacing import add_spacing
from doseref.articles.steps import by_steps
from doseref.articles.terms import heading_facts, longest_use, side_effect_terms, timing_terms, without_citation
from doseref.articles.title_strength import with_strength_of_title
from doseref.articles.topics import with_topic
from doseref.articles.uses import condition_of, disease_or_its_prevention
from doseref.articles.views import lasting
from doseref.context import Context, compatible
from doseref.dosage.model import Dosage
from doseref.patterns import regex
from doseref.records import replace
from doseref.statements import Statement, from_dosage, stated_maxima

_CLASS = regex(r"\(([^()]{2,60})\)\s*\Z")
_NO_CLASS = regex(
    r"\b(?:short[- ](?:term|course|acting)|experimental|injections?|therapy|oral(?:ly)?|[A-Z]{2,5}|orkokine|oil|"
    r"extract)\Z",
    re.I,
)


_CLAUSE = regex(r"[;(),]\s+(?:and\s+)?")
_TELLING = ("per_day", "times", "every", "when", "at", "days", "doses_total", "duration", "cycle", "prn")
"""Fields of an option that say how often or how long."""


def build(
    article: Article, drafts: Sequence[Draft], found: Resolver, parse: Parse
) -> tuple[tuple[Statement, ...], tuple[Draft, ...]]:
    """The statements of an article's drafts, in reading order, with their ids;
    and the drafts that could not be read.
    """
    statements: list[Statement] = []
    unread: list[Draft] = []
    counts: dict[str, int] = {}
    for draft in (part for each in drafts for part in by_steps(each, parse)):
        if draft.spacing is not None:
            add_spacing(statements, draft)
            continue
        draft.text = draft.dosage_text  # put together once: it is asked for a dozen times below
        whole = parse(draft.dosage_text) if not draft.bands else _of_bands(draft, parse)
        if whole.status != "read" and len(draft.dosage) > 1 and not draft.bands and not _dosed(whole):
            alone = _without_last(draft, parse)  # the dose counts where its maximum could not be read
            if alone is not None:
                whole = replace(whole, phases=alone.phases, target=alone.target, longest=alone.longest)
        dosage = _named(_with_limits(with_strength_of_title(whole, draft, parse), draft, parse), draft, found)
        once = dosage.status == "read" and bool(_ONE_TIME.search(draft.dosage_text))
        holds = any(len(option.strengths) > len(draft.substances) for option in dosage.options)
        if not draft.labelled and (holds or not _says_something(dosage, draft.listed or once)):
            unread.append(draft)
            continue
        if not draft.labelled and dosage.maximum and not whole.maximum and not whole.options:
            unread.append(draft)  # its maximum counts; the dose beside it was not read, and is told
        if not draft.labelled and _is_addition(dosage) and _merged(statements, draft, dosage):
            continue
        section = draft.section
        counts[section] = counts.get(section, 0) + 1
        number = f"{article.source}/{section or 'text'}/{counts[section]:02d}"
        statements.append(
            with_bands(with_places(_statement(article, draft, dosage, number, found), draft), draft, parse)
        )
    return tuple(with_topic(article, statements)), tuple(unread)


def _without_last(draft: Draft, parse: Parse) -> Dosage | None:
    """The reading of a dose with as many of the parts behind it as can be read with it; ``None`` where none can."""
    for kept in range(len(draft.dosage) - 1, 0, -1):
        shorter = copy(draft)
        shorter.dosage, shorter.text = draft.dosage[:kept], ""
        told = parse(shorter.dosage_text)
        if told.status == "read" and _dosed(told):
            return told
    return None


def _of_bands(draft: Draft, parse: Parse) -> Dosage:
    """How often the doses of a table of bands are given, as far as the sentence above it says; the doses are its
    bands.
    """
    told = parse(draft.often) if draft.often else None
    if told is None or told.status != "read" or any(option.dose or option.count for option in told.options):
        return Dosage(draft.dosage_text, "unread")
    return replace(told, text=draft.dosage_text, problems=())


_ONE_TIME = regex(
    r"\bas\s+soon\s+as\b|\bat\s+(?:the\s+)?onset\b|"
    r"\bfirst\s+(?:sign|symptom|hint|twinge|dose)|\b(?:hours?|minutes?)\s+(?:later|before|prior|ahead)|"
    r"\bbeforehand\b|\bsingle\s+dose|"
    r"\bto\s+(?:begin|start)\s+with\b|\bat\s+(?:once|first)\b|\bintra\w{4,8}\s+(?:injection|infusion)\b",
    re.I,
)
"""What makes a dose of an amount that is given once, and needs no frequency."""


def _with_limits(dosage: Dosage, draft: Draft, parse: Parse) -> Dosage:
    """A dosage that could not be read with the maximum that a column, a line or a clause of its own states all the
    same.
    """
    if dosage.status == "read" or dosage.maximum:
        return dosage
    parts = [span.text for span in draft.dosage[1:]] if len(draft.dosage) > 1 else _CLAUSE.split(draft.dosage_text)[1:]
    for part in parts:
        limit = parse(part) if has_limit(part) and dose_words(part) else None
        if limit is not None and limit.status == "read" and limit.maximum and not limit.options:
            return replace(dosage, maximum=limit.maximum)
    alone = limit_alone(draft.dosage_text, parse) if len(draft.dosage) == 1 and not draft.bands else None
    return alone or dosage


def _named(dosage: Dosage, draft: Draft, found: Resolver) -> Dosage:
    """A combination's strengths with the names of their ingredients; without any where the order is not certain.

    "Codeine/APAP" names them in the order of the strengths; a brand does not: there a product of these very strengths
    must be known.
    """
    names = draft.substances
    if len(names) < 2:
        return dosage
    phases = []
    for phase in dosage.phases:
        options = []
        for option in phase.options:
            strengths = option.strengths
            if len(strengths) == len(names) and not all(strength.substance for strength in strengths):
                order = found.order(draft.heading, names, [(strength.amount, strength.unit) for strength in strengths])
                strengths = (
                    tuple(replace(s, substance=name) for s, name in zip(strengths, order, strict=True)) if order else ()
                )
                option = replace(option, strengths=strengths)
            options.append(option)
        phases.append(replace(phase, options=tuple(options)))
    return replace(dosage, phases=tuple(phases))


def _says_something(dosage: Dosage, listed: bool) -> bool:
    """Whether a reading of running text is an instruction: an amount with a frequency, a maximum or a target.

    Where doses are ``listed``, an amount is enough.
    """
    if dosage.maximum or dosage.target:
        return True
    return any(
        (option.dose or option.count or option.strengths)
        and (
            listed
            or phase.from_day
            or any(getattr(option, name) for name in _TELLING)
            or option.route not in (None, "oral")
        )
        for phase in dosage.phases
        for option in phase.options
    )


def _dosed(dosage: Dosage) -> bool:
    return any(option.dose or option.count or option.strengths for option in dosage.options)


def _is_addition(dosage: Dosage) -> bool:
    """Whether a reading states nothing but a maximum, a target or a maximum duration."""
    return not _dosed(dosage)


def _merged(statements: list[Statement], draft: Draft, dosage: Dosage) -> bool:
    """Give a maximum that stands in a sentence of its own to the statement just before it, where that has none."""
    last = statements[-1] if statements else None
    if last is None or last.substances != draft.substances:
        return False
    if _sold_freely(last, draft, dosage):
        last = replace(last, scope=_COUNTER, context=replace(last.context, setting=_COUNTER))
    elif last.scope != draft.scope or not compatible(
        last.context, _context(draft, last.scope, dosage), same_page=False
    ):
        return False
    if (_release(draft) == "ER") != (last.release == "ER"):
        return False  # "With slow-release metformin the most I prescribe is …"
    one_breath = last.line == draft.dosage[0].block.place(draft.dosage[0].start)[0]
    if last.context.condition in ("later", "start") and dosage.maximum and not one_breath:
        return False  # a maximum of the drug is not that of one of its steps, unless one breath tells both
    if (dosage.maximum and last.maximum) or (dosage.target and last.target):
        return False
    place = place_of(draft.dosage[0], last.line)
    unsaid = _context(draft, last.scope, dosage).use is None
    of_drug = unsaid and any(name.lower() in dosage.text.lower() for name in last.substances)
    merged = replace(
        last.dosage,
        text=f"{last.dosage.text}; {dosage.text}",
        maximum=last.dosage.maximum + dosage.maximum,
        target=last.dosage.target or dosage.target,
        longest=last.dosage.longest or dosage.longest,
    )
    statements[-1] = replace(
        last,
        dosage=merged,
        dosage_text=merged.text,
        target=merged.target,
        longest=last.longest or merged.longest,
        maximum=last.maximum
        + tuple(replace(each, place=place, of_drug=of_drug) for each in stated_maxima(dosage, last.substances)),
    )
    return True


def _release(draft: Draft) -> str | None:
    """The release form that the words around a draft name."""
    return draft.context.release or heading_facts(f"{draft.heading} {draft.near}").release


_COUNTER = "over the counter"


def _sold_freely(last: Statement, draft: Draft, dosage: Dosage) -> bool:
    """Whether a sentence states the most over the counter of the dose just before it, which fits into that and says
    of nobody's prescription ("200–400 mg every 4 hours. Max 1,200 mg/day OTC").
    """
    span = draft.dosage[0]
    together = span.block.place(0)[0] <= last.line <= span.block.place(span.start)[0]
    if not together or last.maximum or last.scope or last.context.setting or _scope(draft) != _COUNTER:
        return False
    told = _context(draft, _COUNTER, dosage)
    lowest = [figure.amount for figure in last.daily]
    return (
        bool(lowest)
        and len(dosage.maximum) == 1
        and compatible(replace(last.context, setting=_COUNTER), told, same_page=False)
        and any(amount.low <= dosage.maximum[0].amount for amount in lowest if amount.unit == dosage.maximum[0].unit)
    )


def _statement(article: Article, draft: Draft, dosage: Dosage, number: str, found: Resolver) -> Statement:
    first = draft.dosage[0]
    lead = len(first.block.text[first.start : first.end]) - len(
        first.block.text[first.start : first.end].lstrip(" \t*_")
    )
    location = first.block.location(article.path, article.source, first.start + lead, first.end)
    facts = heading_facts(f"{draft.heading} {draft.near}")
    if not facts.release and draft.context.release:
        facts = facts._replace(release=draft.context.release)
    name, class_text = _class(draft, found)
    if draft.class_text and not facts.release:
        facts = facts._replace(release=heading_facts(draft.class_text).release)
    timing = [without_citation(text) for text in draft.timing]
    longest = next((use for use in map(longest_use, timing) if use), None)
    own = [term for term in timing_terms(draft.dosage_text) if term != "once-daily"]
    terms = tuple(dict.fromkeys((*own, *timing_terms(*timing))))
    effects = [effect for text in draft.side_effects for effect in side_effect_terms(text, found.reference.phrases)]
    statement = from_dosage(
        dosage,
        id=number,
        source=article.source,
        line=location.line,
        column=location.column,
        end_column=location.end_column,
        cell=location.cell,
        path=article.path,
        section=draft.section,
        name=name,
        substances=draft.substances,
        resolve=found.name,
        drug_class=class_text,
        route=facts.routes[0] if len(facts.routes) == 1 else None,
        release=facts.release,
        prn="prn" in terms,
        longest=longest,
        timing=terms,
        side_effects=effects,
        scope=_scope(draft) or found.salt(f"{draft.heading} {draft.near} {draft.dosage_text}"),
    )
    statement = replace(statement, context=_context(draft, statement.scope, dosage), bands=draft.bands)
    vague = all(option.route in (None, "injection") for option in dosage.options)
    if not statement.routes:
        stated = context_of(draft.dosage_text).route
        if stated and (not facts.routes or not statement.context.route):
            statement = replace(statement, context=replace(statement.context, route=stated))
    around = tuple(statement.context.route.split("; ")) if statement.context.route else ()
    if around and vague and not statement.routes:
        statement = replace(statement, routes=around)
    if facts.routes and vague:
        one = draft.context.route  # "Morphine (oral/SC)", and the dose of one of them
        statement = replace(statement, routes=(one,) if one in facts.routes else facts.routes)
    elif not statement.routes:
        statement = replace(statement, routes=heading_facts(draft.dosage_text).routes or _injected(draft.dosage_text))
    if statement.routes == ("topical",) and _through_skin(statement, f"{draft.near} {draft.dosage_text}", found):
        statement = replace(statement, routes=("transdermal",))
    return statement if name == draft.heading else replace(statement, heading=draft.heading)


_PATCH = regex(r"\bpatch(?:es)?\b", re.I)


def _through_skin(statement: Statement, text: str, found: Resolver) -> bool:
    """Whether a patch is one through which the substance reaches the blood (nicotine), and none for the skin
    (lidocaine): the reference knows its limits by that route, and none on the skin.
    """
    routes = {
        limit.route
        for name in statement.substances
        for limit in found.reference.limits.get(found.reference.substance_ids.get(name, ""), ())
    }
    told = bool(_PATCH.search(f"{statement.name} {text}"))
    return told and "transdermal" in routes and "topical" not in routes


_WHO = ("children", "infants", "older adults", "kidney impairment", "liver impairment", "pregnancy")


def _scope(draft: Draft) -> str | None:
    """The scope of a statement: what the text said, else what its context says that sets it apart from an adult's usual
    dose.
    """
    told = draft.context
    who = told.population if told.population != "adults" else None
    rate = "infusion" if _RATE.search(draft.dosage_text) else None
    counter = "over the counter" if _OTC_LIMIT.search(draft.dosage_text) else None
    if told.setting == "over the counter":
        counter = told.setting
    part = told.purpose if told.purpose != "maintenance" else None  # what lasts is the usual dose
    return draft.scope or who or counter or part or rate


def _first_days(dosage: Dosage) -> bool:
    """Whether an instruction is for single days of a treatment only ("on day two take 300 mg")."""
    days = [(phase.from_day, phase.to_day) for phase in dosage.phases]
    return bool(days) and all(first is not None and first == last for first, last in days)


def _context(draft: Draft, scope: str | None, dosage: Dosage) -> Context:
    """The context of a statement, with what its scope says where the labels around it do not."""
    told = draft.context
    if scope in _WHO and not told.population:
        told = replace(told, population=scope)
    if not told.condition:
        told = replace(told, condition=condition_of(draft.dosage_text))
    if _first_days(dosage):
        told = replace(told, condition=f"day {dosage.phases[0].from_day}")
    if not told.form and (form := _BREATHED.search(f"{draft.near} {draft.dosage_text}")):
        told = replace(told, form="nebulizer" if form.group().lower().startswith("neb") else "inhaler")
    if not told.indication:
        told = replace(told, indication=disease_or_its_prevention(draft.dosage_text))
    if not told.setting and _OTC_LIMIT.search(draft.dosage_text):
        told = replace(told, setting="over the counter")
    if not told.purpose and _RATE.search(draft.dosage_text):
        told = replace(told, purpose="infusion")
    if told.condition == "start" and dosage.target is None and lasting(dosage) is not dosage:
        told = replace(told, condition=None)  # "100 mg to start, then 300 mg": compared by what lasts
    if scope == "over the counter" and not told.setting:
        told = replace(told, setting=scope)
    if not told.condition and not told.indication:
        told = replace(told, indication=named_use(draft.heading) or named_use(draft.dosage_text))
    return told


_BREATHED = AnyCase(r"\b(?:puffs?|inhaler|nebuli[sz]\w{1,4})\b")
_OTC_LIMIT = AnyCase(r"\bmax\w*[^;()]{0,40}\b(?:OTC|over[\s-]the[\s-]counter)\b|\bOTC\s+max")
_RATE = regex(
    r"(?:m?c?g|[µμ]g|units?|mEq|mL)(?:\s?/\s?kg)?\s?(?:/|\bper\b)\s?(?:min(?:ute)?|hr?|hour)s?\b|"
    r"/kg\s+over\s+(?:the\s+)?(?:first\s+|next\s+)?\d{1,2}\s?(?:hours?|h)\b",
    re.I,
)


def _injected(text: str) -> tuple[str, ...]:
    return ("injection",) if re.search(r"\binject(?:ion|ed)\b", text, re.I) else ()


def _class(draft: Draft, found: Resolver) -> tuple[str, str | None]:
    """The heading without its class, and the class that a label or the heading's brackets give."""
    if draft.class_text:
        return draft.heading, draft.class_text
    hit = _CLASS.search(draft.heading)
    if hit is None or draft.section == "supplement":
        return draft.heading, None
    inner = hit.group(1)
    if found.heading(inner) or found.mentions(inner):
        return draft.heading, None
    known_class = inner.upper() in ("NSAID", "TCA", "SNRI", "SSRI")
    if not known_class and _NO_CLASS.fullmatch(inner.split()[-1]) and len(inner.split()) == 1:
        return draft.heading, None
    if re.fullmatch(r"short[- ](?:term|course|acting)|experimental", inner, re.I):
        return draft.heading, None
    return draft.heading[: hit.start()].rstrip(), inner
