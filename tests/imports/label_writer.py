"""Label files of the true layout for the tests: small, with the parts that doseref reads."""

from __future__ import annotations

from xml.sax.saxutils import escape

SET_ID = "11111111-2222-3333-4444-555555555555"


def ingredient(
    name: str,
    strength: str,
    unit: str = "mg",
    per: str = "1",
    per_unit: str = "1",
    kind: str = "ACTIB",
    unii: str = "",
    moiety: str = "",
    moiety_unii: str = "",
) -> str:
    """One ingredient; ``moiety`` is the name itself where none is given."""
    return (
        f'<ingredient classCode="{kind}"><quantity><numerator value="{strength}" unit="{unit}"/>'
        f'<denominator value="{per}" unit="{per_unit}"/></quantity><ingredientSubstance>'
        f'<code code="{unii}" codeSystem="2.16.840.1.113883.4.9"/><name>{escape(name)}</name><activeMoiety><activeMoiety>'
        f'<code code="{moiety_unii or unii}" codeSystem="2.16.840.1.113883.4.9"/><name>{escape(moiety or name)}</name>'
        "</activeMoiety></activeMoiety></ingredientSubstance></ingredient>"
    )  # fmt: skip


def product(name: str, *ingredients: str, ndc: str = "0001-0001", form: str = "TABLET", route: str = "ORAL") -> str:
    """One product under the listing section."""
    return (
        "<subject><manufacturedProduct><manufacturedProduct>"
        f'<code code="{ndc}" codeSystem="2.16.840.1.113883.6.69"/><name>{escape(name)}</name>'
        f'<formCode code="C1" codeSystem="2.16.840.1.113883.3.26.1.1" displayName="{form}"/>{"".join(ingredients)}'
        f"</manufacturedProduct><consumedIn><substanceAdministration>"
        f'<routeCode code="C2" codeSystem="2.16.840.1.113883.3.26.1.1" displayName="{route}"/>'
        "</substanceAdministration></consumedIn></manufacturedProduct></subject>"
    )


def label(
    *products: str,
    dosage: tuple[tuple[str, str], ...] = (),
    set_id: str = SET_ID,
    version: str = "1",
    code: str = "34391-3",
    day: str = "20200131",
) -> bytes:
    """A whole file; ``dosage`` are titles and texts of the subsections of the dosage section."""
    sections = "".join(
        f'<component><section><code code="42229-5" codeSystem="2.16.840.1.113883.6.1"/><title>{escape(title)}</title>'
        f"<text><paragraph>{escape(text)}</paragraph></text></section></component>"
        for title, text in dosage
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<document xmlns="urn:hl7-org:v3">\n'
        f'<code code="{code}" codeSystem="2.16.840.1.113883.6.1" displayName="HUMAN PRESCRIPTION DRUG LABEL"/>'
        f'<title>A label</title><effectiveTime value="{day}"/><setId root="{set_id}"/><versionNumber value="{version}"/>'
        "<author><assignedEntity><representedOrganization><name>Some Maker, Inc.</name></representedOrganization>"
        "</assignedEntity></author><component><structuredBody>"
        f'<component><section><code code="48780-1" codeSystem="2.16.840.1.113883.6.1"/>{"".join(products)}</section></component>'
        '<component><section><code code="34068-7" codeSystem="2.16.840.1.113883.6.1"/>'
        f"<title>2 DOSAGE AND ADMINISTRATION</title>{sections}</section></component>"
        "</structuredBody></component></document>"
    ).encode()  # fmt: skip
