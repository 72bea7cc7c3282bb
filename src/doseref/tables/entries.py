"""The reference tables, typed: substances, sources, products, names, classes, stacks and conversions as records."""

from __future__ import annotations

from decimal import Decimal

from doseref.records import record

MANY_NUTRIENTS = 6
"""With more ingredients than this a product is one of many nutrients (a multivitamin); medicines have fewer."""


@record
class Substance:
    """One active ingredient with its canonical ``name``; ``classes`` are class ids, most specific first."""

    id: str
    name: str
    kind: str
    classes: tuple[str, ...]
    usual_route: str
    base: str
    side_effects: tuple[str, ...]
    routes: tuple[str, ...] = ()
    """Routes by which it is marketed, where a list of products says; not complete."""
    rxcui: str = ""
    """Its RxNorm code as an ingredient, where known."""
    unii: str = ""
    """Its code in the FDA's list of substances, where known."""
    atc: str = ""
    """Its codes in the WHO's classification, where known."""


CITED_AS = {
    "article": "article",
    "label": "label",
    "label-copy": "label (a copy of its text)",
    "regulator": "authority",
    "guideline": "guideline",
    "secondary": "page that restates a label (informs only)",
    "machine-read": "label read by the program, not confirmed (informs only)",
}
"""What a source of each tier is called."""
COUNTRY_WORDS = {"US": "US", "GB": "British", "IE": "Irish", "CA": "Canadian", "KR": "Korean", "AU": "Australian"}


@record
class Source:
    """One source of figures; ``kind`` is article, label, guideline, monograph or table."""

    id: str
    title: str
    kind: str
    publisher: str
    date: str
    where: str
    verification: str
    tier: str = ""
    country: str = ""
    set_id: str = ""

    def cited(self, section: str = "") -> str:
        """The source as a pharmacist would name it: ``US label, Lisinopril tablets, section 2.1, set id …, 2017``.

        ``section``: as the source numbers or names it.
        """
        words = CITED_AS.get(self.tier, "source")
        country = COUNTRY_WORDS.get(self.country, self.country)
        if country and self.tier in ("label", "label-copy"):
            words = f"{country} {words}"
        where = f"section {section}" if section[:1].isdigit() else section
        parts = (words, self.title, where, f"set id {self.set_id}" if self.set_id else "", self.date or "no date")
        return ", ".join(part for part in parts if part)

    @property
    def short(self) -> str:
        """How the source is called in a line of output: ``L4–L5`` for an article, else its title."""
        if self.kind == "article":
            return self.id.upper().replace("-", "–", 1).replace("-GUIDE", " guide")
        return self.title


@record
class Ingredient:
    """``strength`` of ``unit`` of one substance in ``per`` × ``per_unit`` of a product.

    The strength is in the form the product names (``as_named``, salt included).
    """

    substance: str
    as_named: str
    position: int
    strength: Decimal
    unit: str
    per: Decimal
    per_unit: str


@record
class Product:
    """One product in one strength; ``max_count`` is the most units in 24 hours by its own label."""

    id: str
    name: str
    label: str
    also: tuple[str, ...]
    ingredients: tuple[Ingredient, ...]
    form: str
    release: str
    route: str
    status: str
    market: tuple[str, ...]
    withdrawn: bool
    max_count: Decimal | None
    rxcui: str
    source: str
    verification: str

    @property
    def of_many(self) -> bool:
        """Whether it is a product of many nutrients, which holds of each what a day needs."""
        return len(self.ingredients) > MANY_NUTRIENTS

    @property
    def per_unit(self) -> str:
        """The unit the product is counted in (``{tablet}``, ``mL`` …)."""
        return self.ingredients[0].per_unit

    @property
    def composition(self) -> tuple[tuple[str, Decimal, str, Decimal, str], ...]:
        """Substance, strength, unit, per and per-unit of each ingredient: equal for equal products."""
        return tuple(sorted((i.substance, i.strength, i.unit, i.per, i.per_unit) for i in self.ingredients))


@record
class OtherName:
    """A name of a substance. For a salt with a stated equivalent, ``salt_amount`` of it is ``base_amount`` of the
    substance.
    """

    name: str
    substance: str
    kind: str
    salt_amount: Decimal | None
    base_amount: Decimal | None


@record
class DrugClass:
    """A class; ``allowed`` is how many different substances of it may be taken together (``None``: no rule).

    With ``by_release`` that is for each kind: long-acting forms (extended release, patches) and all others.
    """

    id: str
    label: str
    parent: str
    allowed: int | None
    by_release: bool
    severity: str
    note: str
    side_effects: tuple[str, ...] = ()
    """Side-effect classes of all its members."""
    side_effects_from: tuple[str, ...] = ()
    """The labels (source ids) of members that say so."""
    narrow: bool = False
    """Whether one dose too many of a member is dangerous."""


@record
class SideEffectClass:
    """A class of side effects; ``adds_up`` where two substances together are worse than one."""

    id: str
    label: str
    adds_up: bool
    severity: str


IN_THE_EYE = "eye"
"""What stands behind ``>`` in a member that counts only where it is put into an eye (``timolol>eye``)."""


@record
class StackGroup:
    """``count`` different substances of any of ``members`` (classes, substances,
    ``@`` side-effect classes) and none of ``without``; none at all may be taken where ``count`` is negative.
    """

    count: int
    members: tuple[str, ...]
    without: tuple[str, ...]


@record
class Stack:
    """Kinds of substance that are dangerous together: one substance or more of each group,
    no substance in two groups.
    """

    id: str
    label: str
    effect: str
    groups: tuple[StackGroup, ...]
    severity: str
    source: str
    apart_hours: Decimal | None = None
    """The hours that are to lie between the two, where only taking them at one time is dangerous."""
    age_low_years: int | None = None
    """The age from which on they are dangerous together, where a source says so of older people only."""


@record
class Caution:
    """Whom a substance is not for, or not above an amount: ages in years, kidney function in mL/min;
    all that is stated must hold. ``given``: a way in which it is not given to anybody.
    """

    id: str
    about: StackGroup
    given: str
    pregnant: bool
    hepatic: bool
    age_low_years: int | None
    age_high_years: int | None
    egfr_below: Decimal | None
    single_above: Decimal | None
    day_above: Decimal | None
    unit: str
    basis: str
    severity: str
    advice: str
    source: str
    unless_hours: Decimal | None = None
    """It does not concern what is taken so many hours apart, or more."""
    told: str = ""
    """What a line of the list must say of the person: ``smoking``."""
    said: tuple[str, ...] = ()
    """Words of which the item's line must have one."""
    unsaid: tuple[str, ...] = ()
    """Words of which it must have none."""
    weight_to_kg: Decimal | None = None
    creatinine_from: Decimal | None = None
    """In mg/dL."""
    at_least: int | None = None
    """How many of age, weight and creatinine must be as stated; all of them where nothing is said."""


@record
class ReportedSideEffect:
    """One phrase of one statement with its classes; ``qualifier`` is rare, high-dose, reduced, reference,
    conditional or empty.
    """

    phrase: str
    classes: tuple[str, ...]
    qualifier: str
    statement: str


@record
class Conversion:
    """``from_value`` of ``from_unit`` is ``to_value`` of ``to_unit`` for one substance."""

    substance: str
    form: str
    from_value: Decimal
    from_unit: str
    to_value: Decimal
    to_unit: str
    usable: bool
    vintage: str
    source: str
    note: str


@record
class OpioidFactor:
    """Oral morphine milligrams per 1 ``unit`` of an opioid, by the table named in ``vintage``."""

    substance: str
    as_named: str
    route: str
    factor: Decimal
    unit: str
    vintage: str
    current: bool
    source: str
