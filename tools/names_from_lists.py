"""Add names to ``data/`` from public lists, by rule (for maintainers; not part of the package).

    python tools/names_from_lists.py REFERENCE_DIRECTORY [--write]

REFERENCE_DIRECTORY holds ``products_us_drugsatfda.csv`` (Drugs@FDA), ``presentations_uk_epd2017.csv`` (NHSBSA prescribing data),
``names_uk_dmd2019.csv`` (NHS dm+d), ``rxcui_names.csv`` (RxNorm) and ``classes_fda_epc.csv``. Without ``--write`` it only says what it
would add. It adds what is not known and changes no row that is there, so that it can be run again; run ``doseref validate --fix`` after it.

The rules, in order:

1. A marketed US product of one ingredient gives its name to that substance; the substance is made where it is not known, with the
   class that FDA gives it. Fluids, gases, test agents and what ``tools/names_left_out.tsv`` lists stay out.
2. A marketed US tablet or capsule of several ingredients whose strengths are plain becomes a product for each strength. Every other
   combination of known substances (eye drops, creams, injections, packs of several phases) is a name of all its substances, without
   amounts; a brand that stands for several compositions is left out.
3. A British brand is a name of the substance that the other names of its BNF chemical stand for, where these are one; a British
   generic name is written out ("Codeine Phos") and must then be a name that is known.
4. A brand in square brackets of RxNorm is a name of the one substance that all its RxNorm names hold.
5. A brand of several ingredients that the tables know by its numbers alone ("Foracort 200", "Foracort 400") is a name of what all of these
   hold, without amounts; insulins and opioids stay out, of which the number must be asked.
6. A name that is a word of instructions, that an item already reads as something, or that two rules give to two substances is left out.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from doseref.dosage.words import LEXICON
from doseref.items.identify import identify
from doseref.names import Names, names
from doseref.names.tokens import key

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
LEFT_OUT = ROOT / "tools" / "names_left_out.tsv"
Row = dict[str, str]

FDA = {"2019-07": "fda-drugsatfda-2019"}
LATER = "fda-drugsatfda-2022"
EPD, DMD, RXNORM, EPC = "nhsbsa-epd-2017", "nhs-dmd-2019", "rxnorm-names", "fda-ndc-classes-2015"
_PACKING = re.compile(
    r",? (?:in plastic container|preservative free|sulfite free|pharmacy bulk package|kit|autoinjector|\(autoinjector\)|"
    r"\(preservative free\)|in water|in sodium chloride [0-9.]+%|in dextrose [0-9.]+%|usp|nf)$",
    re.I,
)
_SUFFIX = re.compile(r"(?<=[a-z])-[a-z]{4}$")
"""The four letters that FDA adds to the name of a biologic."""
_SALT_WORDS = frozenset(
    "hydrochloride sodium sulfate acetate phosphate citrate mesylate tartrate maleate succinate potassium calcium magnesium bromide chloride "
    "besylate fumarate lactate nitrate tromethamine disodium hydrobromide dihydrochloride dipropionate propionate valerate furoate carbonate "
    "gluconate monohydrate trihydrate hemihydrate anhydrous hydrate malate pamoate tosylate bitartrate sodium, medoxomil meglumine".split()
)
_NO_MEDICINE = re.compile(
    r"technetium|lu-177|^(?:barium|albumin|chromic|cupric|peroxide|riboflavin 5|trypan|brilliant blue|benzylpenicilloyl|collagenase$)|"
    r"secretin|dimethyl$|tenofovir alafenamide|/|and metformin|selenious|acetate$|oxybate|pentetate|insulin$|iodide$|ferric(?: complex)?$|"
    r"nitrious|microspheres|estrogens|mycophenolic|edetate|isosulfan|iodide i-|indium|gallium|fluorine|f-18|c-11|n-13|xenon|rubidium|thallous|i-12[0-9]|i-131|sm-153|sr-89|cu-64|c-14|tc-?99m|"
    r"dextrose|amino acids|sodium chloride|lactate$|sterile water|nitrogen|helium|carbon d|medical air|nitrous|oxygen|purified water|"
    r"isopropyl|alcohol|soybean|electrolyte|kit$|verard|air polymer|contact lens|water$|chloride$|phosph(?:oric|ate)|glacial|sorbitol$|"
    r"mannitol$|talc|^talc|monobasic|dibasic|sterile|tannin|acuvue"
)


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


class Book:
    """The tables as they are, and what is added to them."""

    def __init__(self, known: Names) -> None:
        self.known = known
        self.added: dict[str, list[Row]] = defaultdict(list)
        self.taken: dict[str, str] = {}
        self.refused: dict[str, str] = {}
        self.new: dict[str, str] = {}
        for row in csv.DictReader(LEFT_OUT.open(encoding="utf-8"), delimiter="\t"):
            self.refused[key(row["name"])] = row["why"]

    def substance(self, name: str) -> str:
        """The id of the substance that a name stands for, ``""`` where it is none or several."""
        entry = self.known.lookup(name)
        return (entry.substance if entry else "") or self.new.get(key(name), "")

    def free(self, name: str) -> bool:
        """Whether a name may be given: not known, not a word of an instruction, not left out, read as nothing yet."""
        word = key(name)
        if len(word) < 3 or word in self.refused or word in self.taken or self.known.index.get(word) is not None:
            return False
        if any(LEXICON.get(part.lower(), ("WORD",))[0] != "WORD" for part in [name.strip()]):
            return False
        return not word.isdigit()

    def give(self, name: str, substances: Iterable[str], kind: str, source: str) -> bool:
        if not self.free(name):
            return False
        self.taken[key(name)] = "/".join(substances)
        for each in substances:
            self.added["names"].append({"name": name, "substance": each, "kind": kind, "source": source})
        return True


def written(name: str) -> str:
    """A name in capitals as people write it: ``Lo Loestrin FE``, ``Mycapssa``."""
    small = {"And", "With", "For", "In", "Of"}
    keep = {
        "FE",
        "XR",
        "XL",
        "ER",
        "SR",
        "CR",
        "HCT",
        "DS",
        "LA",
        "HFA",
        "IV",
        "II",
        "III",
        "EC",
        "ODT",
        "CD",
        "PM",
        "DM",
        "HP",
        "AQ",
        "ES",
        "XT",
    }
    words = []
    for word in name.split():
        plain = (
            word.capitalize() if not re.search(r"[-'/]", word) else "-".join(p.capitalize() for p in word.split("-"))
        )
        words.append(word if word in keep else plain.lower() if plain in small and words else plain)
    return " ".join(words)


# -- Drugs@FDA ----------------------------------------------------------------------------------------------------------------


def bare(name: str) -> str:
    """A product's name without what it is packed in."""
    while (shorter := _PACKING.sub("", name)) != name:
        name = shorter
    return name


def us(book: Book, directory: Path) -> None:
    products: dict[str, list[Row]] = defaultdict(list)
    for row in read(directory / "products_us_drugsatfda.csv"):
        products[bare(row["product_name"])].append(row)
    made_substances(book, products, directory)
    for name, rows in sorted(products.items()):
        if len({tuple(sorted(composition(row))) for row in rows}) > 1:
            continue
        parts = composition(rows[0])
        ids = [book.substance(each) for each in parts]
        if not all(ids):
            continue
        source = FDA.get(rows[0]["vintage"], LATER)
        title = written(re.sub(r" \([^)]*\)$", "", name))
        if len(ids) == 1:
            if _OF_A_PACK.search(name) or (re.search(r"\d", name) and not _NUMBERED.match(name)):
                continue  # a strength in a name: which it is must be asked, not lost
            if any(_LASTING.search(f"{row['form']} {row['route']} {row['product_name']}") for row in rows):
                book.give(title, ids, "combination", source)
                continue
            if misspelt(book, title, ids[0]):
                continue
            generic = generic_name(name, rows, book.known, ids[0])
            kind = "salt" if generic else "brand"
            if not generic and all(
                "extended release" in row["form"] and row["route"].startswith("oral") for row in rows
            ):
                kind = "brand-er"
            if mineral(book, ids[0]):
                kind = "compound"
            for each in title.split("/"):
                book.give(name.lower() if generic else each, ids, kind, source)
        elif ";" in name or " AND " in name or "/" in name or re.search(r"\bW/|\bWITH\b", name):
            continue  # a list of its ingredients: read as such
        elif book.free(title) and not re.search(r"'|777", title.replace("Children's", "")):
            combination(book, title, rows, source)


_OF_A_PACK = re.compile(
    r" IN | AND |%|CONTAINER|SYRINGE|COMBINATION PACK|\bUNITS\b|FOR INJECTION|MULTIPACK| FOR ", re.I
)
_LASTING = re.compile(
    r"intrauterine|implant|\bring\b|extended release.*(?:intramuscular|subcutaneous|injection|articular)|kenalog|zilretta|xipere|triesence|"
    r"cyanokit|aristada|perseris|zyprexa relprevv|risperdal consta|abilify maintena|invega (?:s|t|h)|lupaneta|depo-subq|depo-medrol",
    re.I,
)
"""What acts for weeks (or is given once): its milligrams are not those of a day."""
_NUMBERED = re.compile(
    r"(?:MONISTAT|MICONAZOLE|EXONDYS|VYONDYS|AMONDYS|DEPO-SUBQ|GYNAZOLE|RIMSO|D\.H\.E|KENALOG)\b", re.I
)
"""Names whose number is no strength of one piece."""


def misspelt(book: Book, name: str, substance: str) -> bool:
    """Whether a name is a known name but for a letter or two: a misspelling is never resolved silently."""
    from rapidfuzz.distance import OSA

    word = key(name)
    near = [each for each in book.known.index if abs(len(each) - len(word)) <= 2 and each[:1] == word[:1]]
    own = key(book.known.data.name_of(substance))
    return len(word) > 5 and (
        OSA.distance(word, own, score_cutoff=2) <= 2
        or any(OSA.distance(word, each, score_cutoff=1) <= 1 for each in near)
    )


def mineral(book: Book, substance: str) -> bool:
    known = book.known.data.substances.get(substance)
    return known is not None and "mineral" in known.classes


def composition(row: Row) -> tuple[str, ...]:
    """The ingredients of a product, each by the name of its substance."""
    fixed = {"samidorphan l-": "samidorphan", "cabozantinib s-": "cabozantinib", "clindamycin palmitate": "clindamycin",
             "diroximel": "diroximel fumarate", "nitrofurantoin, macrocrystalline": "nitrofurantoin", "insulin": "insulin human",
             "griseofulvin, microsize": "griseofulvin", "griseofulvin, ultramicrosize": "griseofulvin", "fingolimod lauryl": "fingolimod",
             "phenylbutyrate": "sodium phenylbutyrate", "polystyrene sulfonate": "sodium polystyrene sulfonate",
             "repository corticotropin": "corticotropin", "patiromer sorbitex": "patiromer", "follitropin alfa/beta": "follitropin alfa",
             "triamcinolone hexacetonide": "triamcinolone", "asparaginase erwinia chrysanthemi ()-rywn": "asparaginase erwinia chrysanthemi",
             "penicillin g benzathine": "penicillin G benzathine", "penicillin g procaine": "penicillin G procaine",
             "amphotericin b": "amphotericin B", "vitamin a palmitate": "vitamin A",
             "zirconium cyclosilicate": "sodium zirconium cyclosilicate", "oxybate": "sodium oxybate", "lanadelumab (shp643)": "lanadelumab", "gonadotropin, chorionic": "chorionic gonadotropin",
             "ethacrynate": "ethacrynic acid", "penicillin g": "penicillin G", "ferrous": "iron", "insulin susp isophane": "insulin isophane",
             "thiosulfate": "sodium thiosulfate", "nitrite": "sodium nitrite", "fosaprepitant dimeglumine": "fosaprepitant",
             "paliperidone palmitate": "paliperidone", "tetradecyl": "sodium tetradecyl sulfate", "nitroprusside": "nitroprusside",
             "neostigmine methylsulfate": "neostigmine", "prochlorperazine edisylate": "prochlorperazine"}  # fmt: skip
    if row["canonical"].startswith("pancrelipase"):
        return ("pancrelipase",)
    if row["canonical"] in ("ammonium", "iodide", "chromic", "cupric"):
        return (row["active_ingredients"].lower(),)  # the list cut the salt off, and it is no salt
    parts = []
    for each in row["canonical"].split(";"):
        plain = each.strip()
        parts.append(_SUFFIX.sub("", fixed.get(plain, plain)))
    return tuple(parts)


def generic_name(name: str, rows: list[Row], known: Names, substance: str) -> bool:
    """Whether a product is called as its ingredient, salt included."""
    own = {key(row["active_ingredients"]) for row in rows} | {key(known.data.name_of(substance))}
    first = name.lower().split()[0]
    return key(name) in own or (key(first) in {key(c) for row in rows for c in composition(row)} and all(
        word.lower() in _SALT_WORDS for word in name.split()[1:]))  # fmt: skip


def made_substances(book: Book, products: dict[str, list[Row]], directory: Path) -> None:
    """The substances of marketed products of one ingredient that are not known, with the class that FDA gives them."""
    epc: dict[str, list[str]] = defaultdict(list)
    for row in read(directory / "classes_fda_epc.csv"):
        if row["kind"] == "EPC":
            epc[_SUFFIX.sub("", row["canonical"])].append(row["class"])
    ours = classes_by_epc(book.known, epc)
    labels = {row["label"].lower() for row in read(DATA / "classes.csv")}
    routes: dict[str, set[str]] = defaultdict(set)
    first: dict[str, Row] = {}
    for rows in products.values():
        for row in rows:
            parts = composition(row)
            if len(parts) == 1 and not book.substance(parts[0]) and not _NO_MEDICINE.search(row["canonical"]):
                routes[parts[0]].add(route_word(row["route"]))
                first.setdefault(parts[0], row)
    for name, row in sorted(first.items()):
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        if key(name) in book.refused or book.known.index.get(key(name)) is not None:
            continue
        own = []
        for label in epc.get(name, []) if name != "bleomycin" else []:  # the list has it among what protects cells
            known = ours.get(label)
            if known is None:
                known = re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")
                if label.lower() not in labels:
                    book.added["classes"].append(
                        {"id": known, "label": label[0].lower() + label[1:] if label[1:2].islower() else label}
                    )
                    labels.add(label.lower())
                ours[label] = known
            own.append(known)
        biologic = re.search(r"-[a-z]{4}$", row["canonical"]) or re.search(
            r"(?:mab|cept|kin|ase|stim|toxin[a-z]*|plase|mab [a-z]+|alfa|beta|gonadotropin|fusp|interferon .*)$", name
        )
        usual = sorted(routes[name] - {""})
        book.added["substances"].append({
            "id": slug, "name": name, "kind": "biologic" if biologic else "drug", "classes": "; ".join(dict.fromkeys(own)),
            "usual_route": usual[0] if len(usual) == 1 else "", "routes": "; ".join(usual), "source": FDA.get(row["vintage"], LATER),
        })  # fmt: skip
        book.new[key(name)] = slug


def classes_by_epc(known: Names, epc: dict[str, list[str]]) -> dict[str, str]:
    """FDA's class → the class that most of its members have here."""
    votes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for name, labels in epc.items():
        entry = known.lookup(name)
        own = known.data.substances.get(entry.substance) if entry else None
        if own is not None and own.classes and len(labels) == 1:
            votes[labels[0]][own.classes[0]] += 1
    sure = {label: max(each, key=lambda one: each[one]) for label, each in votes.items() if _agreed(each)}
    return {**sure, **_OURS}


_OURS = {"Prostaglandin Analog": "prostaglandin-analogue", "Alkylating Drug": "antineoplastic", "Anti-coagulant": "anticoagulant",
         "Direct Thrombin Inhibitor": "thrombin-inhibitor", "Cytoprotective Agent": "cytoprotective-agent",
         "Platelet Aggregation Inhibitor": "antiplatelet", "Prostacycline Vasodilator": "prostacyclin",
         "Opioid Agonist/Antagonist": "opioid-partial-agonist", "Partial Opioid Agonist/Antagonist": "opioid-partial-agonist"}  # fmt: skip


def _agreed(votes: dict[str, int]) -> bool:
    """At least three of its members, and four of five, have one class here."""
    return max(votes.values()) >= 3 and 5 * max(votes.values()) >= 4 * sum(votes.values())


_ROUTES = {"injection": "injection", "iv (infusion)": "intravenous", "intravenous": "intravenous", "oral": "oral", "topical": "topical",
           "ophthalmic": "ophthalmic", "subcutaneous": "subcutaneous", "intramuscular": "intramuscular", "inhalation": "inhalation",
           "nasal": "nasal", "vaginal": "vaginal", "rectal": "rectal", "otic": "otic", "transdermal": "transdermal",
           "intrathecal": "intrathecal", "sublingual": "sublingual", "buccal": "buccal"}  # fmt: skip


def route_word(route: str) -> str:
    return _ROUTES.get(re.split(r"[,-]", route)[0].strip(), "injection" if "single-use" in route or not route else "")


_PLAIN = re.compile(r"(EQ )?(\d*\.?\d+) ?(MG|GM|MCG)(?: [A-Z ]+)?(?:/(5|15|30)ML)?$")


def combination(book: Book, title: str, rows: list[Row], source: str) -> None:
    """Products with their strengths where every row of a brand is a plain tablet or capsule, else one name of all substances."""
    oral = all(row["route"].startswith("oral") for row in rows)
    strengths = [strengths_of(row) for row in rows]
    ids = [book.substance(each) for each in composition(rows[0])]
    classes = {one for each in ids if (known := book.known.data.substances.get(each)) for one in known.classes}
    if oral and all(strengths) and "mixed-amphetamine-salts" not in ids and not title.endswith("FE"):
        for row, parts in zip(rows, strengths, strict=True):
            product(book, title, row, list(zip(composition(row), ids, parts, strict=True)), source)
    elif len(set(ids)) == len(ids) and "opioid" not in classes and (not oral or "," in rows[0]["strength"]):
        book.give(title, ids, "combination", source)


def strengths_of(row: Row) -> list[tuple[Decimal, str, bool]]:
    """Value, unit and "as the base" of each ingredient; empty where one is not plain."""
    found = []
    for each in row["strength"].split(";"):
        plain = _PLAIN.fullmatch(each.strip())
        if plain is None:
            return []
        value, unit = Decimal(plain[2]), plain[3].lower()
        if unit == "gm":
            value, unit = value * 1000, "mg"
        if unit == "mcg" or (unit == "mg" and value < Decimal("0.1")):
            value, unit = (value if unit == "mcg" else value * 1000), "ug"
        found.append((value, unit, bool(plain[1])))
    return found if len(found) == len(row["canonical"].split(";")) else []


def product(
    book: Book, title: str, row: Row, parts: list[tuple[str, str, tuple[Decimal, str, bool]]], source: str
) -> None:
    order = position_order(book, [each[1] for each in parts])
    if order is None:
        return
    salts = [each.strip() for each in row["active_ingredients"].split(";")]
    inside = [(parts[i], salts[i]) for i in order]
    figures = "/".join(f"{part[2][0].normalize():f}" for part, _ in inside)
    volumes = {found[4] for each in row["strength"].split(";") if (found := _PLAIN.fullmatch(each.strip()))}
    volume = volumes.pop() if len(volumes) == 1 else "?"
    pieces = re.match(r"(?:tablet|capsule)", row["form"])
    if volume == "?" or bool(volume) == bool(pieces):
        return
    numbered = re.fullmatch(r"(.+?) (\d+)", title)
    name = numbered[1] if numbered else title
    label = f"{name} {figures}" + (f" per {volume} mL" if volume else "")
    slug = re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")
    if not book.free(label) or any(each["id"] == slug for each in book.added["products"]):
        return
    release = "ER" if "extended" in row["form"] else "DR" if "delayed" in row["form"] else ""
    for place, (part, salt) in enumerate(inside, start=1):
        book.added["products"].append({
            "id": slug, "name": name, "label": label, "also": title if numbered else "", "substance": part[1],
            "as_named": book.known.data.name_of(part[1]) if part[2][2] else salt, "position": str(place),
            "strength": f"{part[2][0].normalize():f}", "unit": part[2][1], "per": volume or "1",
            "per_unit": "mL" if volume else f"{{{pieces[0] if pieces else 'tablet'}}}",
            "form": row["form"], "release": release, "route": "oral", "status": row["status"] if row["status"] in ("rx", "otc") else "",
            "market": "US", "source": source, "verification": "verified",
        })  # fmt: skip


def position_order(book: Book, ids: list[str]) -> list[int] | None:
    """The order in which products of the same substances have them; as FDA lists them where there is none."""
    for each in book.known.data.products_with(ids[0]):
        own = [i.substance for i in each.ingredients]
        if sorted(own) == sorted(ids):
            return [ids.index(one) for one in own]
    return list(range(len(ids))) if len(set(ids)) == len(ids) else None


# -- United Kingdom -----------------------------------------------------------------------------------------------------------

_SHORT = {
    "hcl": "hydrochloride", "sod": "sodium", "pot": "potassium", "calc": "calcium", "mal": "maleate", "fumar": "fumarate",
    "phos": "phosphate", "sulf": "sulfate", "brom": "bromide", "acet": "acetate", "cit": "citrate", "tart": "tartrate",
    "carb": "carbonate", "mesil": "mesilate", "hydrob": "hydrobromide", "diprop": "dipropionate", "prop": "propionate",
    "val": "valerate", "fur": "furoate", "nit": "nitrate", "chlor": "chloride", "oxal": "oxalate", "besil": "besilate",
    "decan": "decanoate", "undecan": "undecanoate", "enant": "enantate", "lact": "lactate", "ferr": "ferrous",
    "glucon": "gluconate", "mag": "magnesium", "zn": "zinc", "alum": "aluminium", "ins": "insulin", "bisulf": "bisulfate",
    "trinit": "trinitrate", "dinit": "dinitrate", "mononit": "mononitrate", "valpr": "valproate", "aceton": "acetonide",
    "picosulf": "picosulfate", "cromogl": "cromoglicate", "hydrocort": "hydrocortisone", "prednis": "prednisolone",
    "dexameth": "dexamethasone", "betameth": "betamethasone", "beclomet": "beclometasone", "paracet": "paracetamol",
    "hydchloroth": "hydrochlorothiazide", "spironol": "spironolactone", "levothyrox": "levothyroxine", "morph": "morphine",
    "lido": "lidocaine", "chloramphen": "chloramphenicol", "colecal": "colecalciferol", "norethist": "norethisterone",
    "medroxyprogest": "medroxyprogesterone", "levonorgest": "levonorgestrel", "phenobarb": "phenobarbital",
    "ipratrop": "ipratropium", "terbut": "terbutaline", "triamcinol": "triamcinolone", "pseudoephed": "pseudoephedrine",
    "ephed": "ephedrine", "fluclox": "flucloxacillin", "pyridostig": "pyridostigmine", "hydroxychlor": "hydroxychloroquine",
    "dexamfet": "dexamfetamine", "fludrocort": "fludrocortisone", "methylpred": "methylprednisolone", "pyridox": "pyridoxine",
    "piloc": "pilocarpine", "chlorhex": "chlorhexidine", "salic": "salicylic acid", "clobet": "clobetasone", "but": "butyrate",
    "tocoph": "tocopheryl", "fluorome": "fluorometholone", "per": "peroxide", "glycerophos": "glycerophosphate",
    "chlordiazepox": "chlordiazepoxide", "prochlpzine": "prochlorperazine", "levomeprom": "levomepromazine",
    "zuclopenth": "zuclopenthixol", "bicarb": "bicarbonate", "atrop": "atropine", "diamorph": "diamorphine",
    "cyprote": "cyproterone", "diclof": "diclofenac", "ispag": "ispaghula", "acetylcy": "acetylcysteine",
    "chlorphenamine": "chlorphenamine", "oestro": "oestrogens", "conj": "conjugated",
}  # fmt: skip
"""How NHS prescribing data cut words short."""


def long_form(name: str) -> str:
    return " ".join(_SHORT.get(word.lower(), word) for word in name.replace("(", " ").replace(")", " ").split())


def uk(book: Book, directory: Path) -> None:
    generics: dict[str, dict[str, str]] = defaultdict(dict)
    brands: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    pieces: dict[str, str] = {}
    everywhere: dict[str, set[str]] = defaultdict(set)
    for row in read(directory / "presentations_uk_epd2017.csv"):
        code = row["bnf_code"]
        if code[:2] in ("14", "19", "20", "21", "22", "23") or code[:4] in ("0904", "0909", "0910", "0911"):
            continue  # vaccines, devices, dressings, feeds, vitamins of many kinds
        name = row["presentation"].split("_")[0].strip()
        everywhere[name].add(code[:9])
        if code[9:11] == "AA":
            generics[code[:9]][name] = code[9:15]
            pieces[code[:13]] = row["presentation"]
        else:
            brands[code[:9]][name].add(code[:9] + "AA" + code[13:15])
    for chemical in sorted({*generics, *brands}):
        here = {each: one_substance(book, long_form(each)) for each in (*generics[chemical], *brands[chemical])}
        found = {each for each in here.values() if each}
        mixed = any("/" in each or "&" in each or "+" in each for each in generics[chemical]) or "several" in found
        for name in generics[chemical]:
            if "/" not in name and here[name] not in ("", "several"):
                like(book, name, long_form(name), here[name], EPD)
        several(book, {each: brands[chemical][each] for each in brands[chemical] if len(everywhere[each]) == 1}, pieces)
        if mixed or len(found) != 1:
            continue
        for name in sorted(brands[chemical]):
            if len(everywhere[name]) == 1 and not re.search(r"\d", name):
                book.give(name, found, "compound" if mineral(book, next(iter(found))) else "brand", EPD)


def several(book: Book, brands: dict[str, set[str]], pieces: dict[str, str]) -> None:
    """A brand of the same contents as a generic combination (the last two letters of its BNF code) is a name of its substances.

    Tablets and capsules stay out but for hormones: what is in them matters, and the list cuts it short.
    """
    for name, twins in brands.items():
        known = {pieces[each] for each in twins if each in pieces}
        lists = {tuple(each.split("_")[0].replace(" & ", "/").split("/")) for each in known}
        if len(lists) != 1 or len(parts := lists.pop()) < 2:
            continue
        ids = [one_substance(book, long_form(each.strip())) for each in parts]
        solid = any(re.search(r"_(?:Tab|Cap)", each) for each in known)
        hormones = all(
            "estr" in each or "gest" in each or each.endswith(("one", "terone", "norethindrone")) for each in ids
        )
        if all(ids) and "several" not in ids and len(set(ids)) == len(ids) and (not solid or hormones):
            book.give(re.sub(r" \d.*$", "", name), ids, "combination", EPD)


def like(book: Book, name: str, long: str, substance: str, source: str) -> None:
    """A name that is a known one written otherwise: its kind and its ratio to the base are those of the known one."""
    entry = book.known.lookup(long)
    compound = mineral(book, substance) if entry is None else entry.compound
    if book.give(name, [substance], "compound" if compound else "synonym", source) and entry and entry.salt_amount:
        book.added["names"][-1] |= {"salt_amount": str(entry.salt_amount), "base_amount": str(entry.base_amount)}


def one_substance(book: Book, name: str) -> str:
    """The substance that a name stands for, ``several`` where it is more than one, empty where it is not known."""
    entry = book.known.lookup(name)
    if entry is None:
        named = identify(name, book.known)
        if named.trouble is not None or len(named.substances) != 1 or named.sig.strip():
            return ""
        return next(iter(named.substances)) if named.product is None else "several"
    if entry.substance:
        return "" if entry.care else entry.substance
    return "several"


def dmd(book: Book, directory: Path) -> None:
    for row in read(directory / "names_uk_dmd2019.csv"):
        entry = book.known.lookup(row["canonical"])
        if entry is None or entry.by != "name" or "+" in row["name"]:
            continue
        if entry.substance and entry.substance != "lithium":  # whose salts differ in what they hold
            like(book, row["name"].lower(), row["name"], entry.substance, DMD)


# -- RxNorm -------------------------------------------------------------------------------------------------------------------

_NO_BRAND = re.compile(
    r"\d|component|brand of|substance|preparation|antacid|with |plus|novaplus| tablet|/|buffer|low dose", re.I
)
_BRACKETS = re.compile(r"\s*\[([^\]]+)\]")


def rxnorm(book: Book, directory: Path) -> None:
    by_brand: dict[str, list[str]] = defaultdict(list)
    for row in read(directory / "rxcui_names.csv"):
        found = _BRACKETS.search(row["name"])
        if found and row["name"].rstrip().endswith("]"):
            by_brand[found[1]].append(_BRACKETS.sub("", row["name"]))
    for brand, full in sorted(by_brand.items()):
        if (
            any(" / " in each or "insulin" in each.lower() for each in full)
            or _NO_BRAND.search(brand)
            or not book.free(brand)
        ):
            continue
        held = {frozenset(identify(each, book.known).substances) for each in full}
        if len(held) == 1 and len(one := held.pop()) == 1:
            release = all(
                "Extended Release" in each or "12 HR" in each or "24 HR" in each
                for each in full
                if re.search(r"\bOral\b", each)
            )
            if misspelt(book, brand, next(iter(one))):
                continue
            oral = any(re.search(r"\bOral\b", each) for each in full)
            book.give(brand, one, "brand-er" if release and oral else "brand", RXNORM)


# -- Brands that are known by their numbers -------------------------------------------------------------------------------------

_WITH_NUMBER = re.compile(r"([A-Z][A-Za-z' -]{2,}[A-Za-z])[ -][0-9./-]+(?: ?mg)?")


def numbered(book: Book, _: Path) -> None:
    held: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    sources: dict[str, str] = {}
    data = book.known.data
    for rows in data.product_rows.values():
        match = _WITH_NUMBER.fullmatch(rows[0]["name"])
        if match is None:
            continue
        held[match[1]].add(tuple(row["substance"] for row in rows))
        sources.setdefault(match[1], rows[0]["source"])
    for name, ingredients in sorted(held.items()):
        ids = next(iter(ingredients))
        classes = {one for each in ids if (known := data.substances.get(each)) for one in known.classes}
        asked = "opioid" in classes or any("insulin" in each for each in (*classes, *ids))
        if len({frozenset(each) for each in ingredients}) == 1 and len(set(ids)) > 1 and not asked:
            book.give(name, ids, "combination", sources[name])


# -----------------------------------------------------------------------------------------------------------------------------


def write(book: Book) -> None:
    for table, rows in book.added.items():
        path = DATA / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as lines:
            header = next(csv.reader(lines))
        with path.open("a", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines, lineterminator="\n")
            for row in rows:
                writer.writerow([row.get(column, "") for column in header])


def lines(book: Book) -> Iterator[str]:
    for table, rows in book.added.items():
        for row in rows:
            cells: dict[str, Any] = {name: value for name, value in row.items() if value}
            yield f"{table}\t" + "\t".join(f"{name}={value}" for name, value in cells.items())


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("directory", type=Path)
    words.add_argument("--write", action="store_true")
    asked = words.parse_args()
    book = Book(names())
    for step in (us, uk, dmd, rxnorm, numbered):
        before = {table: len(rows) for table, rows in book.added.items()}
        step(book, asked.directory)
        told = ", ".join(f"{len(rows) - before.get(table, 0)} {table}" for table, rows in book.added.items())
        print(f"# {step.__name__}: {told}")
    print("\n".join(lines(book)))
    if asked.write:
        write(book)


if __name__ == "__main__":
    main()
