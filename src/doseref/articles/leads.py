"""Lead-ins: the labels that stand before a dose or above a list of doses, and what holds below them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doseref.articles import labels
from doseref.articles.carried_on import SPEAKS, opens_with_form
from doseref.articles.contexts import (
    context_of,
    is_context,
    is_indication,
    looks_like_drug,
    may_be_another_drug,
    step_of,
    told_in_parts,
)
from doseref.articles.doses import dose_words, sentences
from doseref.articles.kinds import AnyCase
from doseref.articles.model import Block
from doseref.articles.owners import set_aside
from doseref.articles.plain_phrases import is_place, is_plain_phrase, is_use_before
from doseref.articles.resolve import Resolver
from doseref.articles.title_strength import PRODUCT
from doseref.articles.uses import condition_of, group_of
from doseref.articles.whom import of_the_allergic, without_summary
from doseref.context import NOTHING, Context
from doseref.indications import uses_in
from doseref.patterns import regex
from doseref.records import record, replace

_AGE_OR_WEIGHT = (
    r"\d{1,3}(?:\.\d)?\s?(?:(?:kg|lbs?|pounds|years?|months?)\s?)?(?:(?:–|-|to)\s?\d{1,3}(?:\.\d)?\s?)?\+?\s?"
    r"(?:kg|lbs?|pounds|years?|yrs?|months?|mos?)\b"
)
_LABEL = regex(
    rf"[*_]{{0,3}}(?=[A-Za-z<>≤≥&]|{_AGE_OR_WEIGHT})([^:;|"
    rf".\n]{{2,70}}?(?:(?<=\b[A-Z])\.\s[a-z][^:;|.\n]{{1,40}}?)?)[*_]{{0,3}}\s{{0,2}}[:：](?!\d)[*_]{{0,3}}\s{{0,4}}"
)
_NUMBERED = regex(
    r"\d{1,2}\.\d{1,2}\.?\s+((?:[A-Z][^:;|.\n]{2,60}?\s+)?(?:[A-Z]\.\s+)?[A-Z]?[^:;|.\n]{2,60})\.\s+(?=[A-Z])"
)
"""The title that a numbered paragraph begins with: "2.1 Prophylaxis. Medical patients at risk …"."""
_CLOCK = regex(r"[*_]{0,3}\d{1,2}(?::\d\d)?\s?(?:[AaPp]\.?[Mm]\.?)[*_]{0,3}\s{0,2}[:：–-][*_]{0,3}\s{0,4}")
_PERIOD = regex(r"\s*(?:days?|weeks?|months?|hours?|q\d|step)\s*\d", re.I)
_AFTER_BOLD = regex(r"[*_]{0,3}\s{0,2}(?:[:：]|[–—-](?=\s))?[*_]{0,3}\s{0,4}")
_DOSING = AnyCase(
    r"\b(?:dos(?:e|es|ing|age)|first[- ]line|second[- ]line|treatment|regimens?|protocol|medications?|medicines|"
    r"drugs?|management|give|options?|antibiotics?|therapy|adults?|"
    r"children|pediatric|oral|injectable|iv|im|po|infusion|release|specific)\b",
)
_LONGEST_LINE = 90
_LONGEST_INTRO = 200
"""Characters (and words, at most) of a paragraph that ends with "the most of each a day:"."""


@record
class Lead:
    """What a label or a line above says of what follows: ``substances`` is ``None`` where it leaves the drug as it
    is.
    """

    depth: int
    substances: tuple[str, ...] | None = None
    heading: str = ""
    context: Context = NOTHING
    dosing: bool = False
    """Whether it says that doses follow."""
    most: str = ""
    """The label, where it says that what follows is the most that may be taken ("Ceiling in 24 hours")."""
    held: bool = False
    """Whether it says that what follows is what products hold or cost, and no dose ("The strengths on the shelf")."""


HELD = regex(
    r"\bstrengths?(?=\s*(?:\Z|:|on\b|in\b|sold\b|stocked\b|kept\b|available\b|you\b|we\b|that\b|of\b|and\s+prices?\b))|"
    r"\b(?:comes?|sold|available|supplied|stocked|dispensed)\s+(?:as|in)(?:\s+(?:tablets|capsules|bottles|packs|boxes))?(?:\s+of)?\W*\Z|"
    r"\b(?:pack|tablet|pill|capsule|bottle)\s+sizes?\b|\b(?:prices?|costs?|price\s+list|stock\s+list|in\s+stock|what\s+we\s+(?:stock|keep|carry)|"
    r"what\s+(?:is|['’]s)\s+in\s+(?:each|a|the|one)\s+(?:tablet|capsule|pill|box|bottle|packet|sachet))\b",
    re.I,
)
"""A line or a label of what products hold, are sold as, or cost."""


_MOST = regex(
    r"\b(?:max(?:imums?|ima|\.)?|limits?|ceilings?|caps?|(?:the\s+|at\s+)most|(?:not|no)\s+more\s+than|top\s+doses?|(?:highest|largest|biggest|greatest)\s+(?:\w+\s+){0,2}(?:doses?|amounts?|totals?)|totals?\s+(?:allowed|permitted)|upper\s+(?:ends?|bounds?)|"
    r"(?:never|not|don['’]t)\s+(?:\w+\s+)?(?:above|over|beyond|past|exceed)|nobody\s+should\s+exceed|(?:stay|keep)\s+(?:under|below|within))\b|\A\W*most\b",
    re.I,
)
_TOXIC = regex(r"\b(?:toxic\w*|overdos\w*|poison\w*|harm\w*|lethal|danger\w*|trial|study)\b", re.I)
_LONGEST_MOST = 14
"""Words of a line that says that what follows is the most of each drug."""


def most_label(label: str, found: Resolver, longest: int = _LONGEST_MOST) -> str:
    """A label of the most that may be taken; empty for any other."""
    said = len(label.split()) <= longest and _MOST.search(label) and not dose_words(label)
    return label if said and not _TOXIC.search(label) and not found.mentions(label) else ""


def segments(block: Block, start: int, end: int) -> list[tuple[int, int]]:
    """The lines of a cell as offsets; any other block is one."""
    stops = [stop for stop in block.breaks if start < stop < end]
    found: list[tuple[int, int]] = []
    for first, last in zip([start, *stops], [*stops, end], strict=True):
        while first < last and block.text[first] in " \t":
            first += 1
        if first < last:
            found.append((first, last))
    return found


def lead_at(block: Block, start: int, end: int, found: Resolver, depth: int = 0) -> tuple[Lead, int] | None:
    """The label at ``start`` as a lead, and where its content begins; ``None`` without one."""
    text = block.text
    clock = _CLOCK.match(text, start, end)
    if clock:
        return Lead(depth), clock.end()
    titled = _NUMBERED.match(text, start, end)
    if titled and is_indication(titled.group(1)) and is_context(titled.group(1)) and not dose_words(titled.group(1)):
        return Lead(depth, None, "", _part_by_part(titled.group(1))), titled.end()
    label, content = _bold(block, start, end, found) or _written(text, start, end) or _dashed(block, start, end)
    if not label or _PERIOD.match(label) or dose_words(PRODUCT.sub("", label)) or label.count(" ") > 9:
        return None
    meaning = labels.label_word(label)
    if meaning is not None and label.lower() != "adults":
        return None
    if SPEAKS.search(label) and not found.mentions(label):
        return Lead(depth), content
    if (rest := without_summary(label)) != label and not found.mentions(label):
        return Lead(depth, None, "", _part_by_part(rest) if rest else Context(summary=True), True), content
    lead = _lead(label, found, depth)
    if lead.substances == () and not _bold(block, start, end, found) and _is_clause(label, found):
        return None
    return replace(lead, most=most_label(label, found)), content


_VERB = regex(
    r"\s(?:is|are|was|were|has|have|can|may|might|must|should|will|would|comes?|came|goes|went|gets?|takes?|works?|does|do|needs?|"
    r"remains?|keeps?|helps?)\s",
    re.I,
)
_PRODUCT = regex(r"(?:tablets?|capsules?|kind|form|version|age|weight|scales?|simple|easy|thus|follows|this|so)", re.I)
_CAPITAL = regex(r"(?<=[a-z,] )[A-Z][a-z]{3,}")


def _is_clause(label: str, found: Resolver) -> bool:
    """Whether what stands before a colon is a clause of its sentence and no label: it has a verb, and names the one
    drug that is meant or, behind it, a product or a measure ("People over 55 can be prescribed the slow-release tablet:
    …", "Next came ibuprofen, which does what paracetamol cannot: …").
    """
    mentions = found.mentions(label)
    bare = label
    for each in mentions:
        bare = bare[: each.start] + " " * (each.end - each.start) + bare[each.end :]
    if not _VERB.search(label) or looks_like_drug(bare):
        return False
    meant = [each for each in mentions if not set_aside(label, each, 0, len(label))]
    if mentions:
        return len({each.substances for each in meant}) == 1
    return bool(_PRODUCT.fullmatch(label.split()[-1]) or opens_with_form(label)) and not _CAPITAL.search(label)


def _bold(block: Block, start: int, end: int, found: Resolver) -> tuple[str, int] | None:
    first = next((span for span in block.strong if span[0] <= start + 1 and span[1] > start + 1), None)
    if first is None or first[1] > end:
        return None
    last = first[1]
    after = _AFTER_BOLD.match(block.text, last, end)
    content = after.end() if after else last
    label = block.text[start:last].strip(" :*_")
    colon = ":" in block.text[last - 1 : content]
    told = colon or content >= end or (block.kind == "cell" and label[:1].isalpha())
    if not told and block.text[:last].rstrip("*_ ").endswith("."):  # "**Lidocaine patch 5%.** Up to three patches"
        label = label.rstrip(".")
        told = not dose_words(PRODUCT.sub("", label)) and bool(found.heading(label))
    return (label, content) if label and told else None


def _written(text: str, start: int, end: int) -> tuple[str, int] | None:
    hit = _LABEL.match(text, start, end)
    if hit is None or hit.group(1).count("(") != hit.group(1).count(")"):
        return None
    return hit.group(1).strip(" *_"), hit.end()


_DASHED = regex(r"([A-Za-z][^:;|.\n–—\d]{2,60}?)\s[–—]\s+(?=\d)")


def _dashed(block: Block, start: int, end: int) -> tuple[str, int]:
    """What an item says of its dose in front of a dash ("Rheumatic disease – 250 mg twice daily"); it names nothing."""
    hit = _DASHED.match(block.text, start, end) if block.kind == "item" else None
    label = hit.group(1).strip(" *_") if hit else ""
    return (label, hit.end()) if hit and label and is_context(label) else ("", start)


def _lead(label: str, found: Resolver, depth: int) -> Lead:
    dosing = bool(_DOSING.search(label))
    mentions = found.mentions(label)
    disease = bool(mentions) and all(_of_a_disease(label, each.start, each.end) for each in mentions)
    mentions = () if disease else mentions
    if mentions and all(_ALREADY.search(label[: each.start]) for each in mentions):
        return Lead(depth, None, "", replace(context_of(label), condition=label.lower()), dosing)
    if not disease and (named := found.heading(label)):
        return Lead(depth, named, label, _beside_name(label, found), True)
    if mentions:
        meant = [each for each in mentions if not set_aside(label, each, 0, len(label))]
        if 0 < len(meant) < len(mentions) and meant[0].start < 3 and len({each.substances for each in meant}) == 1:
            return Lead(depth, meant[0].substances, label, context_of(label), True)
        whom = label[mentions[0].end :].lstrip()
        if len(mentions) == 1 and mentions[0].start < 3 and whom.startswith(",") and is_context(whom.strip(" ,")):
            return Lead(depth, mentions[0].substances, label, _beside_name(label, found), True)
        if len(mentions) == 1 and mentions[0].start < 3 and _FOR_WHAT.fullmatch(whom) and not looks_like_drug(whom):
            told = replace(_beside_name(label, found), indication=whom.strip(" ,").lower())
            return Lead(depth, mentions[0].substances, label, told, True)
        return Lead(depth, (), label, context_of(label), dosing)
    if is_context(label) or labels.label_word(label) is not None:
        return Lead(depth, None, "", _part_by_part(label), dosing)
    if _PHRASE.fullmatch(label) and not may_be_another_drug(label):
        return Lead(depth, None, "", Context(condition=label.lower()), dosing)
    if (group := group_of(label)) and not may_be_another_drug(label):
        return Lead(depth, None, "", replace(context_of(label), group=group), dosing)
    if is_plain_phrase(label) and not looks_like_drug(label):
        if is_place(label):
            return Lead(depth, None, "", NOTHING, dosing)
        told = _part_by_part(label) if is_indication(label) or step_of(label) else Context(condition=label.lower())
        return Lead(depth, None, "", told, dosing)
    told = context_of(label, label=True) if is_indication(label) and not looks_like_drug(label) else NOTHING
    return Lead(depth, (), label, told, dosing)


def _of_a_disease(label: str, start: int, end: int) -> bool:
    """Whether the name of a drug is part of that of a disease ("Nettle rash") which is no lack of it."""
    return any(
        use.start <= start and end <= use.end and (use.start, use.end) != (start, end) and "deficiency" not in use.use
        for use in uses_in(label)
    )


_PHRASE = regex(
    r"(?!.*\b(?:choice|alternatives?|drugs?|medicines?)\b)(?!(?:with|without|add|plus|and|or|then|also|try|give|take|use|switch|from|to)\b)(?:[A-Z][a-z-]+\s+(?:[\w'’-]+\s+){0,3}?|(?=(?:for|against|in|if|when|while)\s+[a-z]+\s))(?:while|when|during|if|before|"
    r"after|until|in|on|for|of|at|against)\s+(?:[\w'’-]+\s+){0,5}[\w'’-]+",
    re.I,
)
"""A label of several words that says when or what for ("Protection while on an anti-inflammatory"), and names nothing."""


_ALREADY = regex(
    r"\b(?:patients?|people|adults?|those|anyone|if|when|while)\s+(?:(?:who\s+(?:are|is)|you\s+are|already|also)\s+)*(?:on|taking|using|receiving|with)"
    r"\s+(?:[\w-]+\s+or\s+)?\Z|"
    r"\A\W*(?:(?:(?:together|combined|in\s+combination)\s+)?with|alongside|(?:if|when|while)\s+(?:(?:you|they|he|she)\s+(?:(?:are|is)\s+)?(?:also\s+)?)?"
    r"(?:given|on|taking|takes?|uses?))\s+(?:the\s+)?(?:[\w-]+\s+or\s+)?\Z",
    re.I,
)
"""How a label begins that is about people who take another drug ("Patients on amiodarone:")."""


def _part_by_part(label: str) -> Context:
    """What a label says; where it has several parts, a use is only the parts that name one."""
    if step := step_of(label):
        return Context(condition=step)
    told = context_of(label, label=True)
    steps = [step for part in label.split(",") if (step := step_of(part))] if "," in label and not told.purpose else []
    told = replace(told, condition=steps[0]) if len(steps) == 1 else told  # "Leg clot, first 7 days"
    if of_the_allergic(label):
        return replace(told, indication=None, condition=label.lower())
    return replace(told, indication=told_in_parts(label).indication) if told.indication and "," in label else told


def _beside_name(label: str, found: Resolver) -> Context:
    """What a label says of a drug behind its name and a comma ("Enoxaparin, treatment of DVT, adults")."""
    told = replace(context_of(label), form=context_of(label, label=True).form, condition=condition_of(label))
    named = found.mentions(label)
    end = max((mention.end for mention in named), default=0)
    rest = label[end:].lstrip()
    if named and not rest.strip(" )") and is_use_before(label[: named[0].start]):
        front = told_in_parts(label[: named[0].start].strip(" ,"))  # "Rheumatoid arthritis, methotrexate"
        return replace(front, condition=front.condition or told.condition).within(replace(told, indication=None))
    purpose = _FOR_USE.fullmatch(rest)
    if purpose is not None and not told.population and not told.band:
        return replace(told, indication=purpose.group(1).lower(), condition=None)
    if not rest.startswith(","):
        behind = told_in_parts(rest.partition(",")[2])  # "Rivaroxaban for DVT, first 3 weeks"
        step = step_of(behind.condition) if behind.condition else None
        return replace(told, indication=told.condition or told.indication, condition=step) if step else told
    more = told_in_parts(rest[1:])
    if more.condition and (step := step_of(more.condition)):
        told = replace(told, indication=told.condition or told.indication, condition=step)
    uses = [part for part in (more.indication or "").split(", ") if is_indication(part)]
    use = ", ".join(uses) or told.indication
    return replace(told, indication=use, purpose=more.purpose, band=told.band or more.band)


_FOR_USE = regex(r"for\s+((?!the\b|all\b|most\b)[A-Za-z][\w' -]{2,40})", re.I)
"""What a label says that its drug is for, whatever that is called ("Melatonin for jet lag")."""
_FOR_WHAT = regex(r"(?:drops|shots?|tablets?)?,\s+[a-z][\w-]*(?:\s+[a-z][\w-]*){1,7}")
"""Several words in small letters behind a name and a comma, which are no list of drugs: "Vitamin D3, proven deficiency"."""
_NO_CASE = regex(
    r"\bfor\s+(?:the\s+)?(?:clinicians?|doctors?|nurses?|pharmacists?|parents?|patients?|carers?|professionals?|staff|prescribers?|readers?)\b|"
    r"\b(?:dos(?:e|es|ing|age)|medicines?|drugs?|tablets?|what\s+to|how\s+to|options?|choices?|notes?|summary|example|remember|"
    r"tips?|rules?|points?|steps?|more|next|also|then|else|now)\b",
    re.I,
)
"""A label over a list that says nothing of the case that its doses are for."""
_HOLDS = regex(
    r"\s*\((?:each\s+|of\s+)?\d[\d.,]*\s?(?:m?c?g|[µμ]g)(?:\s?/\s?\d[\d.,]*\s?(?:m?c?g|[µμ]g|m[lL])){0,3}(?:\s+each)?\)(?=[\s*_:]*\Z)"
)
"""What a tablet or a liquid holds, behind its name at the end of a line that heads a table or a list."""
_AFTER_SIGN = regex(r";\s+(?=[A-Za-z][\w -]{1,30}:\s)")
"""Where a line goes on to another way or other people: "Fentanyl, intranasal: 1.5 mcg/kg; IV: 1 mcg/kg"."""


def below_a_term(lead: Lead, label: str, found: Resolver) -> Lead:
    """A label in the definition of a term: one that is not known is what the dose is for ("Shingles:"), and no other
    drug, unless it looks like one.
    """
    if lead.substances != () or found.mentions(label) or looks_like_drug(label):
        return lead
    told = told_in_parts(label)
    return replace(
        lead, substances=None, heading="", context=replace(told, indication=told.indication or label.lower())
    )


def sentence_leads(block: Block, start: int, end: int, found: Resolver, term: bool) -> list[tuple[int, int]]:
    """The stretches of a paragraph whose sentences have labels of their own ("Acne: 100 mg once daily. Rosacea: 40 mg
    once daily."); the whole of any other one.
    """
    head = lead_at(block, start, end, found)
    if head is None:
        return [(start, end)]
    cuts = [start]
    if head[0].substances:
        for sign in _AFTER_SIGN.finditer(block.text, head[1], end):
            hit = lead_at(block, sign.end(), end, found)
            if hit is not None and hit[0].substances is None and hit[0].context != NOTHING:
                cuts.append(sign.end())
        if len(cuts) > 1:
            stops = [block.text.rfind(";", start, cut) for cut in cuts[1:]]
            return list(zip(cuts, [*stops, end], strict=True))
    for first, last in sentences(block.text[start:end])[1:]:
        hit = lead_at(block, start + first, start + last, found)
        if hit is not None and (hit[0].substances != () or term):
            cuts.append(start + first)
    return list(zip(cuts, [*cuts[1:], end], strict=True))


def line_lead(block: Block, start: int, end: int, found: Resolver, listed_below: bool) -> Lead | None:
    """A line that only says what follows is about ("Tramadol", "IV:", "**Children**"); ``None`` for any other line."""
    text = block.text[start:end]
    if not text or text.rstrip("*_").endswith((".", "!", "?", ";")):
        return None
    bold = bool(block.strong) and block.strong[0][0] <= start + 1 and block.strong[0][1] >= end - 2
    ends = text.rstrip("*_ ").endswith(":")
    bare = _HOLDS.sub("", text)
    if not (bold or ends or listed_below) or len(text) > _LONGEST_INTRO or dose_words(bare):
        return None
    if len(text) > _LONGEST_LINE:
        bare = bare[max(bare.rfind(sign) for sign in ".?!\n") + 1 :]
        most = most_label(bare.strip(" *_:"), found, _LONGEST_INTRO) if ends else ""
        return Lead(block.depth, None, "", replace(context_of(bare), purpose=None), False, most) if most else None
    label = bare.strip(" *_:")
    if labels.label_word(label) is not None:
        return None
    lead = _lead(label, found, block.depth)
    if HELD.search(label):
        return replace(lead, held=True)
    if most := most_label(label, found):
        return Lead(block.depth, None, "", replace(context_of(label), purpose=None), lead.dosing, most)
    if lead.substances == () and not found.mentions(label) and len(label.split()) > 4 and not looks_like_drug(label):
        return Lead(block.depth, None, "", context_of(label, label=True), lead.dosing)  # a sentence rather than a name
    silent = lead.substances == () and lead.context == NOTHING and not found.mentions(label)
    if silent and listed_below and not _NO_CASE.search(label):
        return replace(lead, context=Context(condition=label.lower()))  # "Protection during NSAID treatment"
    return lead


def folded(leads: Sequence[Lead]) -> Lead:
    """What holds below all of them: the innermost that speaks counts."""
    whole = Lead(0)
    for lead in leads:
        named = lead.substances is not None
        around = whole.context
        if lead.substances and whole.substances and lead.substances != whole.substances:
            # "From short-acting morphine" / "To fentanyl patch": what is said of the one is not said of the other
            around = Context(population=around.population, band=around.band, setting=around.setting)
        if lead.context.condition == "later" and around.purpose == "starting":
            around = replace(around, purpose=None)
        whole = Lead(
            lead.depth,
            lead.substances if named else whole.substances,
            lead.heading if named else whole.heading,
            lead.context.within(around),
            lead.dosing or whole.dosing,
            lead.most or (whole.most if not (lead.substances and whole.substances) else ""),
            lead.held or whole.held,
        )
    return whole
