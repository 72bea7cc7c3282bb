"""Which drug an item names, and where its sig is. Never a guess: a name is known, or it is said that it is not."""

from __future__ import annotations

import re
from functools import lru_cache

from doseref.dosage.words import LEXICON
from doseref.items import rxnorm
from doseref.items.bare_groups import with_bare_group
from doseref.items.beside import alone, another, care, longer_name, means_same, supplements, without_name
from doseref.items.bracketed import branded, described_unknown, pack, with_its_substance
from doseref.items.combined import composed, with_own_composition
from doseref.items.composition import Reader, brought_forward
from doseref.items.elemental import active_part
from doseref.items.for_children import of_a_child
from doseref.items.identity import Identity, class_named, mixed, named_part, part_of
from doseref.items.introduced import behind_introduction
from doseref.items.line_words import NUMBER_WORDS, line_word
from doseref.items.makers import figures_behind, percents_behind, percents_of_several, without_maker, without_packing
from doseref.items.marks import (
    unclear_number,
    undescribed,
    unmarked,
    without_class,
    without_device,
    without_dispersing,
    without_double,
    without_kind_of_inhaler,
    without_short_salt,
    without_starter,
)
from doseref.items.model import NO_NAME, Trouble, TroubleKind
from doseref.items.name_strengths import (
    JOIN,
    bare_strength,
    marketed,
    not_per_volume,
    numbered_name,
    strength_at,
    strength_tail,
    touching_word,
    without_its_number,
    without_own_parts,
)
from doseref.items.narrative import behind_narrative
from doseref.items.no_medicine import drug_free, level_of, no_medicine
from doseref.items.not_taken import left_out
from doseref.items.other_days import without_old_drug, without_other_day
from doseref.items.other_names import without_other_names
from doseref.items.own_composition import own_composition
from doseref.items.plain_line import plain_line
from doseref.items.salt_in_bracket import without_nutrient
from doseref.items.short_salts import salt_written_out, salts_written_out
from doseref.names import Found, Named, Names
from doseref.names.tokens import Token, tokenize
from doseref.patterns import regex
from doseref.quantities import printed
from doseref.records import replace
from doseref.units import HOUSEHOLD_ML, UNIT_WORDS

_LEAD = frozenset(
    "take takes taking give given apply use inject inhale swallow chew insert place put instil instill dissolve "
    "drink rx sig po oral orally by mouth a an the of one two three four half and please with food meals tall for "
    "x new repeat continue start patient to on at each both his her your their my between up quarter "
    "quarters halves whole "
    "full".split()
)
_STOP = frozenset(
    "every each once twice three four daily nightly bid tid qid qd od bd tds qds qds q prn as at before after with in "
    "for max maximum "
    "not up take then when while morning night bedtime hs po iv im sc subcut oral orally topical topically per weekly "
    "monthly "
    "yearly stat extended immediate er xr sr cr ir xl dr ec mr la over".split()
)
_TIMING = frozenset("FREQ ADV EVERY T TIMES WHEN PRN ROUTE FORM C U NUM SINGLE STAT TAKE AS ONCE REL DAYW".split())
"""Kinds of words of an instruction that may stand before the name ("every 6 hours ibuprofen 400 mg")."""
_NEGATIONS = frozenset(
    "no not never without stop stopped stopping hold held avoid allergic allergy none discontinue discontinued".split()
)
"""Words that turn a name round: what stands with them is never taken for an item."""


@lru_cache(maxsize=4096)
def identify(text: str, names: Names, accept_suggestions: bool = False) -> Identity:
    """The name in ``text`` and what is left of the text as its sig."""
    plain = plain_line(text, names)
    line = unmarked(without_old_drug(without_other_day(plain)))
    if (stopped := left_out(line, names) or drug_free(line)) is not None:
        return stopped
    if (behind := behind_narrative(line, names)) != line:
        return identify(behind, names, accept_suggestions)
    text = salts_written_out(without_maker(without_short_salt(line, names.lookup), names), names)
    text = percents_behind(figures_behind(text, names), names)
    if rxnorm.is_pack(text):
        return pack(text, names)
    text, brand = rxnorm.plain_words(text)
    tokens = tokenize(text)
    if len(tokens) > 2 and tokens[0].text.isdigit() and tokens[1].text == "hr":
        # RxNorm's "12 HR oxycodone hydrochloride 10 MG Extended Release Oral Tablet": the release form says the same.
        text = text[tokens[2].start :]
        tokens = tokenize(text)
    text, tokens = of_a_child(text, tokens, names)
    reader = Reader(text, tokens, names)
    if (own := alone(own_composition(reader), names)) is not None:
        return branded(own, brand, names) if brand else own
    found = _leading(tokens, names)
    if found is None:
        if (behind := behind_introduction(text, names)) != text:
            return identify(behind, names, accept_suggestions)
        return no_medicine(text, names) or _unknown(reader, accept_suggestions)
    if (salt := without_nutrient(text, found, names)) != text:
        return identify(salt, names, accept_suggestions)
    found = without_its_number(text, tokens, found, names)
    if (shorter := _undescribed(text, found, names)) != text:
        text, tokens = shorter, tokenize(shorter)
        reader = Reader(text, tokens, names)
    if found.entry.care:
        return care(reader, found)
    if (looked_at := level_of(text, found.end)) is not None:
        return looked_at
    if (turned := brought_forward(reader, found.end)) != reader.text:
        reader = Reader(turned, tokenize(turned), names)
    if (longer := marketed(reader.text, reader.tokens, found, names)) != reader.text:
        reader = Reader(longer, tokenize(longer), names)
    reader = _without_brands(reader, found)
    number = unclear_number(text)
    if number and found.start <= text.index(number) + len(number) + 4:
        message = f"the '{number}' before {found.entry.name} may be the number of a list or a count"
        trouble = Trouble(
            "unreadable-dosage", message, f"write '{number}.' for a list, '{number} tablets of' for a count"
        )
        parts = named_part(found.entry)
        return Identity(parts, by=found.entry.by, matched=found.entry.name, sig=text, trouble=trouble)
    named = alone(composed(reader, found) or with_own_composition(reader, found), names) or _single(reader, found)
    named = with_bare_group(named, names)
    if found.entry.substance == _VITAMIN_D:
        named = replace(named, sig=_THOUSANDS.sub(r"\g<1>000 IU", named.sig))
    return branded(named, brand, names) if brand else named


_VITAMIN_D = "vitamin-d"
_THOUSANDS = regex(r"\b([1-9][0-9]?)\s?k(?:\s?(?:iu|units?)\b|\b)(?!\s?g\b)", re.I)
"""Thousands of units, as India writes vitamin D ("60K once a week")."""


def _undescribed(text: str, found: Found, names: Names) -> str:
    """The text without words behind the name that say nothing of what it holds: a suffix, a pack, "low dose"."""
    text = without_own_parts(without_other_names(text, found, names), found)
    text = percents_of_several(without_packing(text, found, names), found)
    text = without_dispersing(text, found.end)
    return undescribed(text, found.end) if found.entry.substance and found.entry.by != "brand" else text


def _without_brands(reader: Reader, found: Found) -> Reader:
    """The text without the device behind a name of one substance, and without several brands of it in brackets."""
    text = without_starter(reader.text, found.end) if found.entry.by == "brand" else reader.text
    if text != reader.text:
        reader = Reader(text, tokenize(text), reader.names)
    if not found.entry.substance:
        if found.entry.products and found.entry.products[0].ingredients[0].substance.startswith("insulin"):
            text = without_class(without_device(without_class(text, found.end), found.end), found.end)
        shorter = without_kind_of_inhaler(text, found.end)
        return reader if shorter == reader.text else Reader(shorter, tokenize(shorter), reader.names)
    shorter = without_double(without_device(text, found.end), found.end)
    if found.entry.substance.startswith("insulin"):
        shorter = without_class(without_device(without_class(shorter, found.end), found.end), found.end)
    if shorter != text:
        reader = Reader(shorter, tokenize(shorter), reader.names)
    brands = reader.brands(found.end)
    if brands is not None and all(entry.substance == found.entry.substance for entry in brands[0]):
        shorter = shorter[: found.end] + shorter[brands[1] :]
        return Reader(shorter, tokenize(shorter), reader.names)
    return reader


def _single(reader: Reader, found: Found) -> Identity:
    """One substance, brand or product, perhaps with other names for it."""
    text, tokens, names = reader.text, reader.tokens, reader.names
    found = not_per_volume(tokens, found, names)
    other_product = _other_product(text, tokens, found, names)
    if other_product is not None:
        return other_product
    run, last = _joined(text, tokens, found, names)
    if found.entry.products and last == found.last:
        last = bare_strength(tokens, found) or strength_tail(tokens, found)
    sig = _unbracketed(without_name(text, tokens, found.first, last), run, names)
    if len({each.entry for each in run}) > 1:
        return supplements(run, sig, names) or _several(run, sig)
    entry = found.entry
    other = another(tokens, last, entry, names)
    if other is not None and (beside := names.at(tokens, last)) is not None and beside.entry == other:
        both = supplements([found, beside], without_name(text, tokens, found.first, beside.last), names)
        if both is not None and another(tokens, beside.last, other, names) is None:
            return both  # "glucosamine chondroitin 1500 mg"
    if other is not None:
        message = f"names two drugs, {entry.name} and {other.name}; write one item for each"
        named = tuple(filter(None, (entry.substance, other.substance)))
        trouble = Trouble("ambiguous-name", message, "split the item", substances=named)
        return Identity(by=entry.by, matched=entry.name, sig=sig, trouble=trouble)
    part, active = active_part(part_of(entry), sig, names) if entry.compound else (part_of(entry), sig)
    touching = touching_word(text, tokens[last - 1].end, names.data.vocabulary) if active == sig else ""
    if touching:
        salt = salt_written_out(entry, touching.split()[0], names)
        if salt:  # the rest of the words is looked at once more, behind the salt's whole name
            end = text.lower().index(touching.split()[0].lower(), tokens[last - 1].end) + len(touching.split()[0])
            return identify(f"{text[: found.start]}{salt}{text[end:]}", names)
        return longer_name(text, found, touching, names, sig)
    if entry.products:
        return _brand(entry, sig, strong=tokens[last - 1].text.isdigit() and _has_figures(entry))
    if entry.mixture:
        parts, told = mixed(entry, names)
        return Identity(parts, by=entry.by, matched=entry.name, sig=active, mixture=True, unordered=not told)
    return Identity((part,), by=entry.by, matched=entry.name, sig=active)


def _other_product(text: str, tokens: list[Token], found: Found, names: Names) -> Identity | None:
    """A word or number behind the name that makes it a product which is not known here."""
    line = line_word(text, tokens, found)
    if line:
        written = text[found.start : tokens[found.last].end]
        message = (
            f"'{written}' is a product of its own that is not known here; it may hold other ingredients or another "
            f"strength than {found.entry.name}"
        )
        close = tuple(name for name, _ in names.suggest(written))
        known = names.data.substances.get(found.entry.substance)
        harmless = found.entry.compound and known is not None and known.kind == "supplement"
        kind: TroubleKind = "no-limit-known" if harmless else "unknown-name"  # what it holds of it was never counted
        trouble = Trouble(kind, message, "name its ingredients with their strengths", suggestions=close)
        parts = named_part(found.entry)
        sig = without_name(text, tokens, found.first, found.last + 1)
        return Identity(parts, matched=written, sig=sig, suggestions=close, trouble=trouble)
    numbered = numbered_name(text, tokens, found)
    if numbered:
        trouble = Trouble(
            "ambiguous-name",
            f"'{numbered}' is not known here: what the number in its name stands for is not said",
            "name the strength",
        )
        parts = named_part(found.entry)
        sig = without_name(text, tokens, found.first, found.last + 1)
        return Identity(parts, by=found.entry.by, matched=numbered, sig=sig, trouble=trouble)
    return None


def _leading(tokens: list[Token], names: Names) -> Found | None:
    """The first known name of the text, after nothing but words of an instruction:
    a verb, a count, a unit, a frequency.
    """
    for first, token in enumerate(tokens):
        found = names.at(tokens, first, head=True)
        if found is not None:
            return found
        word = token.text
        lead = (
            word in _LEAD
            or word.replace("⁄", "").isdigit()
            or word in UNIT_WORDS
            or word in HOUSEHOLD_ML
            or word in NUMBER_WORDS
            or word in "#/+"
            or LEXICON.get(word, ("",))[0] in _TIMING
        )
        if not lead:
            return None
    return None


def _joined(text: str, tokens: list[Token], head: Found, names: Names) -> tuple[list[Found], int]:
    """The names joined to the first one, and where they end; a composition was read before this.

    A name in brackets that means the same ("acetaminophen (Tylenol)") is taken along and adds nothing.
    """
    run, last = [head], head.last
    while last < len(tokens):
        after, _ = strength_at(tokens, last)
        joined = after
        while joined < len(tokens) and tokens[joined].text in JOIN:
            joined += 1
        following = names.at(tokens, joined) if joined < len(tokens) else None
        same = following is not None and (means_same(run[0].entry, following.entry) or _brand_of(run, following.entry))
        if following is None or not (joined > after or (joined == last and tokens[joined].gap)):
            break
        hyphen = joined == after == last and text[tokens[last - 1].end : tokens[joined].start] in ("-", "–")
        if joined == after and not same and not hyphen:
            break
        last = following.last
        if not same:
            run.append(following)
    return run, last


def _brand_of(run: list[Found], other: Named) -> bool:
    """Whether ``other`` is a brand of the combination named so far ("oxycodone-acetaminophen (PERCOCET) 5-325 MG")."""
    named = {found.entry.substance for found in run} | {
        i.substance for found in run for p in found.entry.products for i in p.ingredients
    }
    if other.mixture:
        return named == set(other.mixture)
    return bool(other.products) and all(
        {i.substance for i in product.ingredients} == named for product in other.products
    )


def _unbracketed(sig: str, run: list[Found], names: Names) -> str:
    """The sig without a brand in square brackets that repeats the name,
    as RxNorm writes it ("… Oral Tablet [Percocet]").
    """
    start, end = sig.find("["), sig.find("]")
    if start < 0 or end < start:
        return sig
    entry = names.lookup(sig[start + 1 : end])
    substances = {each.entry.substance for each in run} | {
        i.substance for each in run for p in each.entry.products for i in p.ingredients
    }
    same = entry is not None and (
        entry.substance in substances
        or any({i.substance for i in product.ingredients} <= substances for product in entry.products)
    )
    return f"{sig[:start].rstrip()} {sig[end + 1 :].lstrip()}" if same else sig


def _has_figures(entry: Named) -> bool:
    """Whether the name of a product says its strength ("Norco 10/325")."""
    own = {printed(i.strength) for product in entry.products for i in product.ingredients}
    return any(figure in own for figure in re.findall(r"[0-9]+(?:\.[0-9]+)?", entry.name))


def _brand(entry: Named, sig: str, strong: bool = False) -> Identity:
    """A brand or product name: one composition settles it; several wait for the strength in the sig."""
    alive = [product for product in entry.products if not product.withdrawn] or list(entry.products)
    compositions = {product.composition for product in alive}
    caps = {product.max_count for product in alive}
    if len(compositions) == 1 and len(caps) == 1:
        return Identity(product=alive[0], by=entry.by, matched=entry.name, sig=sig, strong=strong)
    return Identity(candidates=tuple(entry.products), by=entry.by, matched=entry.name, sig=sig)


def _several(run: list[Found], sig: str) -> Identity:
    """Several names joined that are no composition: products, or a product and another drug."""
    matched, by = "/".join(each.entry.name for each in run), run[0].entry.by
    message = f"names several products together ({matched}); write one item for each"
    return Identity(by=by, matched=matched, sig=sig, trouble=Trouble("ambiguous-name", message, "split the item"))


def _unknown(reader: Reader, accept_suggestions: bool) -> Identity:
    """No known name at the head: the words that look like one, with suggestions."""
    text, tokens, names = reader.text, reader.tokens, reader.names
    first = 0
    while first < len(tokens) and (
        tokens[first].text in _LEAD or tokens[first].text.isdigit() or tokens[first].text in UNIT_WORDS
    ):
        first += 1
    last = first
    while last < len(tokens) and last - first < 6:
        word = tokens[last].text
        if word in _STOP or (word in UNIT_WORDS and last > first) or (word.isdigit() and tokens[last].gap):
            break
        last += 1
    if last == first:
        message = NO_NAME
        return Identity(sig=text, trouble=Trouble("unknown-name", message, "start the item with the name of the drug"))
    if (turned := brought_forward(reader, tokens[last - 1].end)) != text:
        return identify(turned, names, accept_suggestions)
    if (plain := with_its_substance(text, tokens[first].start, tokens[last - 1].end, names)) != text:
        return identify(plain, names, accept_suggestions)
    described = described_unknown(reader, tokens[first].start, tokens[last - 1].end)
    if described is not None:
        return described
    written = text[tokens[first].start : tokens[last - 1].end]
    kind = class_named(written, names)
    refused = bool(_NEGATIONS & {token.text for token in tokens[: last + 1]} or kind)
    accepted, why_not = names.accepted(written) if accept_suggestions and not refused else (None, "")
    if accepted is not None:
        entry = names.lookup(accepted)
        if entry is not None:
            return Identity(
                (part_of(entry),),
                by=entry.by,
                matched=entry.name,
                sig=without_name(text, tokens, first, last),
                written=written,
            )
    asked = {} if kind else names.asked(written)
    if not (asked or kind) and last - first > 1:
        asked = names.asked(tokens[first].text)
    close = tuple(asked)
    message = kind or f"'{written}' is not a name known here"
    mend = "write its name" if kind else "check the spelling, or use the name of the active ingredient"
    if close:
        message += f"; did you mean {' or '.join(asked.values())}?{why_not}"
    return Identity(
        sig=without_name(text, tokens, first, last),
        suggestions=close,
        written=written,
        trouble=Trouble("unknown-name", message, mend, suggestions=close),
    )
