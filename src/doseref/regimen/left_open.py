"""What an instruction leaves open (how often, how much): of which drugs, and beside what, that is to be asked about.

It is never added up as if it were known, and the item is not assessed. Whether that is a warning or information depends
on what hangs on it; ``docs/how-limits-apply.md`` has the policy with cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from doseref.dosage.rates import rate
from doseref.items.model import LeftOpen, Part
from doseref.quantities import DAY
from doseref.refdata import Reference
from doseref.regimen.bench import Bench
from doseref.regimen.model import Item
from doseref.regimen.overlaps import acts_in_body, lineage, narrow
from doseref.regimen.plausible import largest_strength
from doseref.regimen.scope import restates, silent
from doseref.regimen.sold import sold_freely
from doseref.regimen.taken import Taken
from doseref.units import convert, convertible

Said = tuple[Decimal, str]
"""An amount and its unit."""
_ASKED = frozenset(("opioid", "benzodiazepine", "z-drug", "barbiturate"))
_AT_ONSET = "triptan"
"""The class that is taken at the onset of an attack, and not through a day."""
_RELIEF = frozenset(
    ("albuterol", "levalbuterol", "terbutaline", "nitroglycerin", "epinephrine", "glucagon", "naloxone", _AT_ONSET)
)
"""What is at hand for an attack: its inhaler, spray, pen or tablet is the dose, which nobody writes ("Ventolin prn")."""


def counts_up(substance: str, data: Reference, route: str = "") -> bool:
    """Whether a drug is one of which several doses a day are usual and too many are dangerous.

    That is an opioid or a sedative, and whatever a source gives more than once a day up to a stated maximum
    (acetaminophen); of what is sold freely the labels for that say how often (famotidine twice). Loratadine as needed, adrenaline for an allergic shock or a nitrate for chest pain are whole
    instructions, and so is what is taken at the onset of an attack (triptans) or at most twice (ubrogepant for a migraine). A ``route`` that is stated leaves
    out what sources say of others (adrenaline that is inhaled).
    """
    known = data.substances.get(substance)
    classes = {parent for each in (known.classes if known else ()) for parent in data.ancestry(each)}
    if classes & _ASKED:
        return True
    if _AT_ONSET in classes:
        return False
    free = sold_freely(substance, data) or _on_a_shelf(substance, data)
    return any(
        limit.kind == "maximum"
        and limit.basis == "maximum"
        and limit.amount is not None
        and limit.per is not None
        and limit.per.is_day
        and limit.interval_hours is not None
        and limit.interval_hours <= 12
        and (limit.doses is None or limit.doses > 2)
        and (not route or not limit.route or limit.route == route)
        and (limit.status == "otc" or not free)
        and not limit.products
        and not restates(limit, data)
        for limit in data.limits.get(substance, ())
    ) or any(
        limit.article and limit.basis == "maximum" and limit.amount is not None
        for limit in data.limits.get(substance, ())
    )


def hangs_on(item: Item, left_open: LeftOpen, items: Iterable[Item], bench: Bench, data: Reference) -> str:
    """Why what an item leaves open matters, in words; empty where nothing hangs on it.

    It matters where one dose too many is dangerous (``narrow`` in ``classes.csv``, or a drug that is taken at intervals
    longer than a day), where another item holds the substance too, where what is said is already above what a label
    allows, and for prescription drugs as :func:`_prescribed` tells. What is applied to one place is nothing to add up.
    """
    own = tuple(substance for substance in item.substances if acts_in_body(item, substance, data))
    if left_open == "how-much" and _at_hand(item, data):
        return ""
    if left_open == "how-much" and _whole_piece(item, data):
        left_open = "how-often"
    for substance in own:
        name = data.name_of(substance, bench.country)
        if narrow(substance, data) and not (left_open == "how-often" and _one_dose_a_day(item, substance, data)):
            return f"one dose of {name} too many is dangerous"
        rare = left_open == "how-much" and (_one_of_a_pack(item, _A_WEEK) or _one_patch(item, _THREE_DAYS))
        if _at_long_intervals(substance, data) and not rare:
            return f"{name} may be given at intervals longer than a day"
        piece = _one_piece_a_day(item) or _one_of_a_pack(item)
        if not (piece and _supplement(substance, data)) and any(
            substance in other.substances for other in items if other.n != item.n
        ):
            return f"{name} is in another item too, and the sum is not known"
        if _above_one_dose(item, substance, bench, data) or _pieces_above(item, substance, bench, data):
            return f"what is said of {name} may already be above what a label allows"
        if _prescribed(item, substance, left_open, bench, data):
            return f"{name} is taken several times a day, or on prescription in this dose"
    return ""


_A_WEEK, _THREE_DAYS = Decimal(168), Decimal(72)
"""Hours."""
_DAILY = frozenset(("thyroid-hormone",))
"""Classes of which a tablet stands in a list for one a day: they act for days, and nobody writes more of them."""


def _one_dose_a_day(item: Item, substance: str, data: Reference) -> bool:
    """Whether a dose is said that one tablet holds of a drug that is taken once a day ("levothyroxine 50 mcg")."""
    doses = _doses(item)
    if not doses or _DAILY.isdisjoint(lineage(substance, data)):
        return False
    largest = largest_strength(substance, doses[0][1], data)
    return largest is not None and all(dose <= largest.amount for dose, unit in doses if unit == doses[0][1])


def _prescribed(item: Item, substance: str, left_open: LeftOpen, bench: Bench, data: Reference) -> bool:
    """Whether it is a prescription drug whose unsaid frequency or amount is to be asked for.

    A frequency is, of what is usually taken several times a day; an amount is, except for one piece a day of a marketed
    product. Of what several doses a day are usual of, an amount is asked for also where it is sold freely and not even
    a number is said.
    """
    uncounted = all(option.count is None for option in (item.dosage.options if item.dosage else ()))
    uncounted = uncounted and not _most_pieces(item) and not _once_a_day(item)
    if left_open == "how-much" and uncounted and not _doses(item) and counts_up(substance, data):
        return True
    if everyday(item, substance, bench, data):
        return False
    if left_open == "how-much" and (_one_of_a_pack(item) or _one_patch(item)):
        return False
    return counts_up(substance, data) if left_open == "how-often" else not _one_piece_a_day(item)


def everyday(item: Item, substance: str, bench: Bench, data: Reference) -> bool:
    """Whether it is a supplement, or sold without prescription somewhere, in a dose that such labels allow at once."""
    if _supplement(substance, data):
        return True
    if not (sold_freely(substance, data) or _on_a_shelf(substance, data)):
        return False
    shelf = [
        (each.single, each.single_unit)
        for each in data.limits.get(substance, ())
        if each.status == "otc" and each.country in ("", bench.country) and each.single is not None
    ]
    return not shelf or not _above(_doses(item), shelf)


def _supplement(substance: str, data: Reference) -> bool:
    known = data.substances.get(substance)
    return known is not None and known.kind == "supplement"


def _on_a_shelf(substance: str, data: Reference) -> bool:
    return any(product.status == "otc" and len(product.ingredients) == 1 for product in data.products_with(substance))


def _at_hand(item: Item, data: Reference) -> bool:
    """Whether it is kept for an attack ("EpiPen prn", "GTN spray"): nothing is said of a dose, nor of how many times a day.
    Beside a concentration ("6 mg/0.5 mL") a volume is missing.
    """
    options = item.dosage.options if item.dosage else ()
    if not options and item.dosage and item.dosage.maximum:
        return False
    return all(_RELIEF & {substance, *lineage(substance, data)} for substance in item.substances) and all(
        option.prn
        and option.dose is None
        and option.count is None
        and rate(option) is None
        and all(strength.per is None for strength in option.strengths)
        for option in options
    )


def _whole_piece(item: Item, data: Reference) -> bool:
    """Whether a name that says the composition stands alone ("Entresto 49/51", "Microgynon 30"): what one piece holds is
    known then, and how often it is taken is what is not said. Not of what is taken several times a day ("Excedrin PM").
    """
    if item.dosage is not None and (item.dosage.options or item.dosage.maximum):
        return False
    if any(counts_up(substance, data) for substance in item.substances):
        return False
    return item.product is not None or (bool(item.parts) and all(_is_made(part, data) for part in item.parts))


def _is_made(part: Part, data: Reference) -> bool:
    """Whether a part has a strength that some piece of it holds."""
    if part.strength is None or part.per_unit not in ("", "{tablet}", "{capsule}", "{puff}"):
        return False
    largest = largest_strength(part.substance, part.unit, data)
    return largest is not None and part.strength <= largest.amount


def _one_of_a_pack(item: Item, hours: Decimal = Decimal(24)) -> bool:
    """Whether it is a product of one composition, taken once in so many ``hours`` at most: one piece, where none is counted
    ("Duodart nocte").
    """
    options = item.dosage.options if item.dosage else ()
    rates = [rate(option) for option in options if option.dose is None]
    return (
        item.product is not None
        and len(rates) == len(options) > 0
        and all(
            often is not None and often.high <= 1 and often.day_high <= 1 and (often.per.hours() or Decimal(0)) >= hours
            for often in rates
        )
    )


def _once_a_day(item: Item) -> bool:
    """Whether it is said to be taken once a day at most ("baby aspirin daily")."""
    options = item.dosage.options if item.dosage else ()
    return bool(options) and all((often := rate(option)) is not None and often.day_high <= 1 for option in options)


def _one_patch(item: Item, hours: Decimal = Decimal(24)) -> bool:
    """Whether a patch is put on at most once in so many ``hours``, and no number of them is said: one, whichever it is."""
    options = item.dosage.options if item.dosage else ()
    return bool(options) and all(
        option.form == "patch"
        and option.dose is None
        and option.count is None
        and (often := rate(option)) is not None
        and often.day_high <= 1
        and (often.per.hours() or Decimal(0)) >= hours * often.high
        for option in options
    )


def _one_piece_a_day(item: Item) -> bool:
    """Whether one tablet or the like is taken at most once a day: whichever strength it is,
    it is one that is marketed.
    """
    options = item.dosage.options if item.dosage else ()
    return bool(options) and all(
        option.count is not None
        and option.count.high <= 1
        and option.count.unit.startswith("{")
        and (often := rate(option)) is not None
        and often.day_high <= 1
        for option in options
    )


def _at_long_intervals(substance: str, data: Reference) -> bool:
    """Whether a source gives a drug per week or longer."""
    known = data.substances.get(substance)
    if known is None or known.kind == "supplement":
        return False
    return any(
        limit.per is not None and not limit.per.is_day and (limit.per.hours() or Decimal(999)) > 24
        for limit in data.limits.get(substance, ())
    )


def _doses(item: Item) -> list[Said]:
    """The single doses that an item states as amounts, the lowest of each."""
    options = item.dosage.options if item.dosage else ()
    return [(option.dose.low, option.dose.unit) for option in options if option.dose is not None]


def _above(doses: Iterable[Said], allowed: Sequence[Said]) -> bool:
    """Whether a dose is above everything that is allowed of its kind; false where nothing of its kind is."""
    for dose, unit in doses:
        comparable = [convert(value, each, unit) for value, each in allowed if convertible(each, unit)]
        if comparable and dose > max(comparable):
            return True
    return False


def _above_one_dose(item: Item, substance: str, bench: Bench, data: Reference) -> bool:
    """Whether the dose that is said, of one substance alone, is above every single dose, or day's maximum,
    that speaks.
    """
    return len(item.substances) == 1 and _above(_doses(item), _allowed(substance, bench, data, at_once=True))


def _pieces_above(item: Item, substance: str, bench: Bench, data: Reference) -> bool:
    """Whether so many pieces of the strongest that is marketed come to more than a day's maximum."""
    allowed = _allowed(substance, bench, data, at_once=False)
    strongest = [
        (ingredient.strength, ingredient.unit)
        for product in data.products_with(substance)
        if not product.withdrawn
        for ingredient in product.ingredients
        if ingredient.substance == substance and ingredient.per_unit.startswith("{")
    ]
    pieces = _most_pieces(item) + [
        option.count.high * often.day_high
        for option in (item.dosage.options if item.dosage else ())
        if option.count is not None and (often := rate(option)) is not None
    ]
    return any(_above([(strength * number, unit)], allowed) for strength, unit in strongest for number in pieces)


def _most_pieces(item: Item) -> list[Decimal]:
    """How many at most a day, where that is all that is said ("Panadol prn, max 6 a day"): so many pieces."""
    dosage = item.dosage
    if dosage is None or any(option.count is not None or option.dose is not None for option in dosage.options):
        return []
    return [
        each.amount for each in dosage.maximum if each.unit == "{dose}" and each.per is not None and each.per.is_day
    ]


def _allowed(substance: str, bench: Bench, data: Reference, at_once: bool) -> list[Said]:
    """The single doses that labels and articles give, where asked for;
    otherwise, and where none does, their maxima for a day.
    """
    taken = Taken(
        substance,
        frozenset(("systemic",)),
        frozenset(("",)),
        frozenset(("",)),
        ((),),
        frozenset(),
        frozenset((DAY.usual(),)),
    )
    speaking = [
        limit
        for limit in data.limits.get(substance, ())
        if limit.kind == "maximum"
        and not restates(limit, data)
        and not silent(limit, taken, bench, data, "single", either_status=True)
    ]
    single = [(each.single, each.single_unit) for each in speaking if each.single is not None]
    daily = [
        (each.amount, each.unit)
        for each in speaking
        if each.amount is not None and each.per is not None and each.per.is_day
    ]
    return (single or daily) if at_once else daily
