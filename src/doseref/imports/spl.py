"""Structured Product Labeling (HL7 v3), the XML form in which the FDA and DailyMed publish US labels, read into a
:class:`Label`.

Codes: LOINC 48780-1 lists the products, 34068-7 is dosage and administration; 34391-3 and 34390-5 are the human
prescription and over-the-counter labels. Of an ingredient's class code, ACTIB counts the salt, ACTIM the active moiety,
ACTIR a reference drug.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from doseref.errors import InputError
from doseref.imports.label import Label, LabelIngredient, LabelProduct, LabelSection, Paragraph
from doseref.imports.xml_tree import Element, read_tree

DOSAGE = "34068-7"
NDC, UNII = "2.16.840.1.113883.6.69", "2.16.840.1.113883.4.9"
KINDS = {
    "34391-3": "rx",
    "34390-5": "otc",
    "53404-0": "rx",
    "60682-4": "rx",
    "60683-2": "rx",
    "53408-1": "rx",
    "75031-5": "rx",
}
"""Document code → prescription or over the counter; vaccines, plasma derivatives and cell therapies are on
prescription.
"""
_ACTIVE = ("ACTIB", "ACTIM", "ACTIR")
_SET_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,4})\.?\s+(?=\S)")
_DIGITS = re.compile(r"\d{1,12}(?:\.\d{1,12})?|\.\d{1,12}", re.ASCII)


class LeftOut(Exception):
    """A sound label that doseref has no use for; the message says why."""


def read_label(content: bytes, path: str) -> Label:
    """The label in a file. Raises :class:`InputError` for what is no label file and :class:`LeftOut` for one of another
    kind.
    """
    root = read_tree(content, path)
    if root.name != "document":
        raise InputError(f"is no label file: the root element is {root.name[:40]!r}, not 'document'", path=path)
    set_id = root.get("setId", "root").lower()
    version = root.get("versionNumber", "value")
    if not _SET_ID.fullmatch(set_id):
        raise InputError("is no label file: it has no set id", path=path)
    if not re.fullmatch(r"\d{1,9}", version, re.ASCII):
        raise InputError("is no label file: it has no version number", path=path)
    code = root.get("code", "code")
    if code not in KINDS:
        raise LeftOut(
            f"not a label of a human medicine: {root.get('code', 'displayName').lower() or code or 'no document code'}"
        )
    author = root.at("author/assignedEntity/representedOrganization/name")
    title = root.at("title")
    products = tuple(_products(root))
    dosage = tuple(
        section for node in root.every("section") if node.get("code", "code") == DOSAGE for section in _sections(node)
    )
    return Label(
        set_id,
        version,
        _date(root.get("effectiveTime", "value")),
        KINDS[code],
        author.text() if author else "",
        title.text() if title else "",
        products,
        dosage,
    )


def _date(written: str) -> str:
    """``20130930`` as ``2013-09-30``; a month or year alone stays one."""
    found = re.match(r"(\d{4})(?:(\d{2})(\d{2})?)?", written, re.ASCII)
    return "-".join(part for part in found.groups() if part) if found else ""


def _products(root: Element) -> Iterator[LabelProduct]:
    for subject in root.every("subject"):
        outer = subject.at("manufacturedProduct")
        if outer is None:
            continue
        inner = outer.at("manufacturedProduct") or outer.at("manufacturedMedicine")
        if inner is None:
            continue
        ndc, routes = _ndc(inner), _routes(outer)
        name = _name(inner)
        parts = inner.children("part")
        if not parts or _ingredients(inner):
            yield LabelProduct(name, _generic(inner), ndc, _form(inner), routes, _ingredients(inner))
        for part in parts:
            product = part.at("partProduct") or part.at("partMedicine")
            if product is not None:
                yield LabelProduct(
                    _name(product) or name,
                    _generic(product),
                    _ndc(product) or ndc,
                    _form(product),
                    _routes(part) or _routes(product) or routes,
                    _ingredients(product),
                    True,
                )


def _ndc(product: Element) -> str:
    return next(
        (
            each.attributes.get("code", "")
            for each in product.children("code")
            if each.attributes.get("codeSystem") == NDC
        ),
        "",
    )


def _name(product: Element) -> str:
    """The name with its suffix: ``TRIAMINIC Childrens Night Time Cold and Cough``."""
    found = product.at("name")
    if found is None:
        return ""
    parts = [each if isinstance(each, str) else f" {each.text()}" for each in found.content]
    return Element("name", {}, list(parts)).text()


def _generic(product: Element) -> str:
    found = product.at("asEntityWithGeneric/genericMedicine/name")
    return found.text() if found else ""


def _form(product: Element) -> str:
    return product.get("formCode", "displayName")


def _routes(outer: Element) -> tuple[str, ...]:
    found = [
        route.attributes.get("displayName", "")
        for consumed in outer.children("consumedIn")
        for route in consumed.every("routeCode")
    ]
    return tuple(dict.fromkeys(route for route in found if route))


def _ingredients(product: Element) -> tuple[LabelIngredient, ...]:
    found = []
    for node in product.children("ingredient"):
        kind = node.attributes.get("classCode", "")
        substance = node.at("ingredientSubstance")
        if kind not in _ACTIVE or substance is None:
            continue
        salt, salt_unii = _named(substance)
        moiety_node = substance.at("activeMoiety/activeMoiety")
        moiety, moiety_unii = _named(moiety_node) if moiety_node else (salt, salt_unii)
        named, unii = (salt, salt_unii)
        if kind == "ACTIM":
            named, unii = moiety, moiety_unii
        elif kind == "ACTIR":
            reference = substance.at("asEquivalentSubstance/definingSubstance")
            named, unii = _named(reference) if reference else (salt, salt_unii)
        numerator, denominator = node.at("quantity/numerator"), node.at("quantity/denominator")
        strength, unit = _amount(numerator)
        per, per_unit = _amount(denominator)
        found.append(LabelIngredient(named, unii, moiety, moiety_unii, strength, unit, per, per_unit))
    return tuple(found)


def _named(substance: Element) -> tuple[str, str]:
    name = substance.at("name")
    code = substance.at("code")
    unii = code.attributes.get("code", "") if code is not None and code.attributes.get("codeSystem") == UNII else ""
    return (name.text() if name else ""), unii


def _amount(node: Element | None) -> tuple[Decimal | None, str]:
    """A plain decimal and its unit; no number where the file gives none, or gives something else (``NaN``,
    an exponent).
    """
    if node is None:
        return None, ""
    written, unit = node.attributes.get("value", "").strip(), node.attributes.get("unit", "1").strip()
    if not _DIGITS.fullmatch(written):
        return None, unit
    try:
        value = Decimal(written)
    except InvalidOperation:
        return None, unit
    return (value if value > 0 else None), unit


def _sections(section: Element) -> Iterator[LabelSection]:
    """A section and those inside it, in the order of the document; one without a title takes the number and title above
    it.
    """
    waiting: list[tuple[Element, str, str]] = [(section, "", "")]
    while waiting:
        node, number, title = waiting.pop()
        heading = node.at("title")
        written = heading.text() if heading else ""
        if written:
            found = _NUMBER.match(written)
            number, title = (found[1], written[found.end() :]) if found else (number, written)
        body = node.at("text")
        paragraphs = tuple(_paragraphs(body)) if body is not None else ()
        if paragraphs:
            yield LabelSection(number, title, paragraphs)
        inside = [each for component in node.children("component") for each in component.children("section")]
        waiting.extend((each, number, title) for each in reversed(inside))


def _paragraphs(body: Element) -> Iterator[Paragraph]:
    """Paragraphs, list items and table rows; loose text between them is a paragraph too."""
    loose: list[Element | str] = []

    def gathered() -> Iterator[Paragraph]:
        text = Element("text", {}, list(loose)).text()
        loose.clear()
        if text:
            yield Paragraph("text", text)

    for each in body.content:
        if isinstance(each, str) or each.name not in ("paragraph", "list", "table"):
            loose.append(each)
            continue
        yield from gathered()
        if each.name == "paragraph":
            yield from _if_any("text", each)
        elif each.name == "list":
            for item in each.children("item"):
                yield from _if_any("item", item)
        else:
            yield from _rows(each)
    yield from gathered()


def _if_any(kind: str, node: Element) -> Iterator[Paragraph]:
    text = node.text()
    if text:
        yield Paragraph(kind, text)


def _rows(table: Element) -> Iterator[Paragraph]:
    for part in table.children("thead", "tbody", "tfoot", "tr"):
        for row in [part] if part.name == "tr" else part.children("tr"):
            cells = tuple(cell.text() for cell in row.children("td", "th"))
            if any(cells):
                yield Paragraph("row", " | ".join(cells), cells, part.name == "thead")
