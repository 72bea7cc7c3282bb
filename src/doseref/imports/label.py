"""What a label file says, as far as doseref uses it: which label, which products,
and the dosage section paragraph by paragraph.
"""

from __future__ import annotations

from decimal import Decimal

from doseref.records import record


@record
class LabelIngredient:
    """``strength`` of ``unit`` in ``per`` × ``per_unit`` of the product, both units as the file writes them.

    ``as_named`` and ``unii`` are what the strength counts: the salt, or the moiety where the file says that it is the
    basis.
    """

    as_named: str
    unii: str
    moiety: str
    moiety_unii: str
    strength: Decimal | None
    unit: str
    per: Decimal | None
    per_unit: str


@record
class LabelProduct:
    """One product (or one part of a kit) as the file lists it; ``form`` and ``routes`` in the file's words
    (``TABLET, FILM COATED``).
    """

    name: str
    generic: str
    ndc: str
    form: str
    routes: tuple[str, ...]
    ingredients: tuple[LabelIngredient, ...]
    part_of_kit: bool = False


@record
class Paragraph:
    """One paragraph, list item or table row (its cells joined by a bar) of a section."""

    kind: str
    text: str
    cells: tuple[str, ...] = ()
    header: bool = False


@record
class LabelSection:
    """One (sub)section of the dosage section: ``number`` as printed (``2.1``;
    empty where there is none) and title without it.
    """

    number: str
    title: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def called(self) -> str:
        """How a person finds it: its number, else its title."""
        return self.number or self.title or "dosage and administration"


@record
class Label:
    """One label file. ``kind`` is ``rx`` or ``otc``; ``date`` is YYYY-MM-DD, YYYY-MM or YYYY,
    empty where the file gives none.
    """

    set_id: str
    version: str
    date: str
    kind: str
    labeller: str
    title: str
    products: tuple[LabelProduct, ...]
    dosage: tuple[LabelSection, ...]
