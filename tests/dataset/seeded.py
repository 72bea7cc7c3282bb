"""The seeded faults: one line of a table is changed, and one rule must say so on that line.

A fault is (name, file, line, old, new, code): ``old`` is replaced by ``new`` on that physical line of the sound dataset, and a finding
with ``code`` is wanted on that line (``at`` lines further down for faults that show on a later line of a longer text).
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

from doseref.tables.package import package_json

SOUND = Path(__file__).with_name("sound")
ARTICLES = Path(__file__).with_name("articles")


class Fault(NamedTuple):
    name: str
    file: str
    line: int
    old: str
    new: str
    code: str
    at: int = 0


FAULTS = (
    # shape
    Fault("misspelt column", "mme.csv", 1, "factor", "facter", "D101"),
    Fault("columns swapped", "lookalikes.csv", 1, "name_a,name_b", "name_b,name_a", "D101"),
    Fault("row too short", "products.csv", 4, ",{tablet},tablet", ",{tablet}", "D102"),
    Fault("row too long", "names.csv", 2, "APAP,", "APAP,,", "D102"),
    Fault("text in a number", "drugs.csv", 9, "75,75,mg", "75,7S,mg", "D103"),
    Fault("thousands comma in a number", "limits.csv", 2, ",4000,", ',"4,000",', "D103"),
    Fault("a country in three letters", "limits.csv", 2, ",US,", ",USA,", "D103"),
    Fault("the kingdom by its car plate", "limits.csv", 3, ",US,", ",UK,", "D103"),
    Fault("no such value", "substances.csv", 10, "morphine,drug", "morphine,drg", "D103"),
    Fault("date that does not exist", "sources.csv", 3, "2026-01-10", "2026-02-30", "D103"),
    Fault("id with capitals", "classes.csv", 2, "analgesic,analgesic", "Analgesic,analgesic", "D103"),
    Fault("negative number", "mme.csv", 2, "0.15", "-0.15", "D103"),
    Fault("line 0", "supplements.csv", 2, ",29,", ",0,", "D103"),
    Fault("rows out of order", "side_effect_classes.csv", 3, "gi-bleeding,", "a-gi-bleeding,", "D104"),
    Fault("trailing blank", "substances.csv", 6, "gabapentin,drug", "gabapentin ,drug", "D105"),
    Fault("tab", "sources.csv", 4, "Sample label", "Sample\tlabel", "D105"),
    Fault("CRLF", "classes.csv", 3, "error,,,,", "error,,,,\r", "D105"),
    Fault("needless zeros", "conversions.csv", 2, ",40,", ",40.0,", "D105"),
    Fault("needless quotation marks", "names.csv", 5, "paracetamol", '"paracetamol"', "D105"),
    Fault("blank line", "lookalikes.csv", 3, "hydromorphone", "\nhydromorphone", "D105"),
    Fault("two blanks", "sources.csv", 2, "First sample", "First  sample", "D105"),
    Fault("duplicate key", "side_effects.csv", 3, "drowsiness", "bleeding risk", "D106"),
    Fault("row twice", "supplements.csv", 4, "", "", "D106"),  # see `seeded`: the row is doubled
    Fault("mojibake", "drugs.csv", 12, "400–600", "400â€“600", "D107"),
    Fault("formula cell", "classes.csv", 4, "opioid,opioid", "opioid,=opioid", "D107"),
    Fault("at sign in front", "side_effect_classes.csv", 2, "drowsiness and", "@drowsiness and", "D107"),
    Fault("zero-width space", "substances.csv", 5, "diclofenac,drug", "diclofenac\u200b,drug", "D107"),
    Fault("NA as a name", "substances.csv", 8, "hydrocodone,drug", "NA,drug", "D109"),
    Fault("null in a note", "side_effect_classes.csv", 4, "demo-names,", "demo-names,null", "D109"),
    Fault("stray quotation mark", "sources.csv", 5, "sample list", 'sample "list', "D110"),
    # references
    Fault("unknown source", "limits.csv", 4, "demo-label", "demo-lable", "D201"),
    Fault("unknown substance", "products.csv", 5, "hydrocodone,hydrocodone", "hydrocodon,hydrocodone", "D201"),
    Fault("unknown class", "substances.csv", 4, "opioid", "opiate", "D201"),
    Fault("unknown unit", "conversions.csv", 2, ",ug,", ",mcg,", "D202"),
    Fault("unknown route", "limits.csv", 3, "oral", "by mouth", "D202"),
    Fault("duplicate alias", "names.csv", 3, "Advil", "PARACETAMOL", "D203", 2),
    Fault("alias is another's name", "names.csv", 4, "naproxen sodium", "Naproxen", "D203"),
    Fault(
        "look-alikes the wrong way round", "lookalikes.csv", 2, "hydrocodone,oxycodone", "oxycodone,hydrocodone", "D204"
    ),
    Fault("class is its own ancestor", "classes.csv", 2, "analgesic,analgesic,", "analgesic,analgesic,nsaid", "D205"),
    Fault("phrase not listed", "drugs.csv", 6, "drowsiness", "drowsyness", "D206"),
    # sense
    Fault("low and high swapped", "drugs.csv", 12, "400,600,mg", "600,400,mg", "D301"),
    Fault("dose above its own maximum", "drugs.csv", 4, ",400,800,mg", ",400,8000,mg", "D302"),
    Fault("unit does not fit", "drugs.csv", 5, ",4000,mg,1,d", ",4000,mL,1,d", "D303"),
    Fault("daily amount does not fit", "drugs.csv", 13, ",2000,6000,mg", ",2000,5000,mg", "D304"),
    Fault("ten times as much", "supplements.csv", 4, ",500,1000,ug", ",5000,10000,ug", "D305"),
    Fault("mg for mcg", "supplements.csv", 3, ",1000,1000,ug,,", ",1000,1000,mg,,", "D306"),
    Fault("number left out", "drugs.csv", 11, "drug/06", "drug/07", "D307"),
    Fault("wrong line", "drugs.csv", 11, "demo-a,24", "demo-a,15", "D307"),
    Fault("dosage on a second row", "drugs.csv", 9, "diclofenac,1,2,", "diclofenac,1,2,50 mg", "D308"),
    Fault("no reason why not", "drugs.csv", 3, "experimental", "", "D309"),
    Fault("total without a period", "limits.csv", 2, ",mg,1,d,", ",mg,,,", "D310"),
    Fault("number without a unit", "drugs.csv", 10, ",900,1800,mg", ",900,1800,", "D311"),
    Fault("ten times the single doses", "limits.csv", 2, ",4000,mg,", ",40000,mg,", "D314"),
    Fault("a single dose of twenty tablets", "limits.csv", 2, ",1000,mg,4000", ",10000,mg,4000", "D317"),
    Fault("a country that the source is not of", "limits.csv", 2, ",US,otc", ",KP,otc", "D208"),
    Fault("a caution about nothing", "cautions.csv", 2, ",codeine,", ",codein,", "D316"),
    Fault("a caution about nobody", "cautions.csv", 3, ",30,", ",,", "D316"),
    Fault("a caution that a list raises", "cautions.csv", 2, ",demo-label,", ",demo-names,", "D316"),
    Fault("the first days only", "limits.csv", 2, ",verified,,,,,,,,,,", ",verified,,,,,,,1,3,,", "D315"),
    Fault("two first ingredients", "products.csv", 2, "acetaminophen,2", "acetaminophen,1", "D312"),
    Fault("volume in a tablet", "products.csv", 3, "hydrocodone,1,5,mg", "hydrocodone,1,5,mL", "D313"),
    Fault("strength against its label", "products.csv", 3, "hydrocodone,1,5,mg", "hydrocodone,1,50,mg", "D313"),
    # double entry
    Fault("ten times the text", "drugs.csv", 11, ",250,500,mg", ",250,5000,mg", "D401"),
    Fault("three times for twice", "drugs.csv", 9, ",2,2,1,d", ",3,3,1,d", "D401"),
    Fault("maximum of another drug", "drugs.csv", 6, ",3000,mg,1,d", ",4000,mg,1,d", "D401"),
    Fault("weekly taken daily", "drugs.csv", 2, ",1,1,1,wk", ",1,1,1,d", "D401"),
    Fault("as needed forgotten", "drugs.csv", 7, "yes", "", "D401"),
    Fault("not where the article says it", "drugs.csv", 12, "demo-b,5", "demo-b,6", "D402"),
    Fault("another text than the article's", "drugs.csv", 8, "or 75 mg", "or 70 mg", "D402"),
    Fault(
        "exception without need", "supplements.csv", 2, ",1000,2000,[IU],,,,,,,,,,,,,,,,,,,,,,,,,", "", "D403"
    ),  # see `seeded`
    Fault("text that is not read", "drugs.csv", 11, "twice daily", "twyse dally", "D404"),
    # provenance
    Fault("no source", "mme.csv", 2, "demo-label", "", "D501"),
    Fault("no source of a salt's ratio", "names.csv", 4, "200,demo-label", "200,", "D501"),
    Fault("review overdue", "sources.csv", 2, "2028-01-10", "2026-03-10", "D502"),
    Fault("unverified maximum", "limits.csv", 3, "verified-secondary", "unverified", "D503"),
    Fault("maximum of an unverified source", "limits.csv", 2, "demo-label", "demo-names", "D503"),
    # what only these seeds show
    Fault("empty term", "substances.csv", 8, "opioid; analgesic", "opioid; ", "D103"),
    Fault("a term twice", "substances.csv", 8, "opioid; analgesic", "opioid; opioid", "D103"),
    Fault("terms run together", "substances.csv", 8, "opioid; analgesic", "opioid;analgesic", "D105"),
    Fault(
        "two substances of one name", "substances.csv", 12, "vitamin-b12,vitamin B12,", "vitamin-b12,morphine,", "D203"
    ),
    Fault("a name given twice", "names.csv", 3, "Advil,ibuprofen", "APAP,acetaminophen", "D203"),
    Fault("two products of one label", "products.csv", 4, "Norco 7.5/325", "Norco 5/325", "D203"),
    Fault(
        "a product named as a substance",
        "products.csv",
        5,
        "Norco 7.5/325,,hydrocodone",
        "Norco 7.5/325,morphine,hydrocodone",
        "D203",
    ),
    Fault("capital letter in a look-alike", "lookalikes.csv", 2, "hydrocodone,", "Hydrocodone,", "D204"),
    Fault("maximum without a figure", "limits.csv", 4, "none-determinable", "maximum", "D310"),
    Fault("period without a total", "limits.csv", 3, "1200,mg,1,d", ",,1,d", "D310"),
    Fault("last day without a first", "limits.csv", 2, "verified,,,,,,,,,,", "verified,,,,,,,,3,,", "D315"),
    Fault(
        "amount of a caution without its unit",
        "cautions.csv",
        2,
        ",,,,contraindicated",
        ",,15,,contraindicated",
        "D316",
    ),
    Fault("dose of a caution without an amount", "cautions.csv", 3, ",avoid,", ",dose,", "D316"),
    Fault("ages that nobody has", "cautions.csv", 2, ",,12,", ",18,12,", "D316"),
    Fault("to be reviewed before it was read", "sources.csv", 4, "2028-01-10", "2026-01-09", "D502"),
)


def sound_copy(directory: Path) -> Path:
    """A copy of the sound dataset, with the description that the schema makes today."""
    shutil.copytree(SOUND, directory, dirs_exist_ok=True)
    (directory / "datapackage.json").write_text(package_json(), "utf-8")
    return directory


def seeded(fault: Fault, directory: Path) -> Path:
    """A copy of the sound dataset with one fault."""
    sound_copy(directory)
    sow(fault, directory / fault.file)
    return directory


def sow(fault: Fault, path: Path) -> None:
    lines = path.read_text("utf-8").split("\n")
    lines[fault.line - 1] = changed(fault, lines[fault.line - 1])
    path.write_bytes("\n".join(lines).encode())


def changed(fault: Fault, line: str) -> str:
    if fault.code == "D106" and not fault.old:
        return f"{line}\n{line}"
    if fault.code == "D403":
        assert line.endswith(",")
        return f"{line}unusual wording"
    assert fault.old in line, (fault, line)
    return line.replace(fault.old, fault.new, 1)


def wanted_line(fault: Fault) -> int:
    below = 1 if fault.new.startswith("\n") or (fault.code == "D106" and not fault.old) else 0
    if fault.new.startswith("\n"):
        below = 0  # the blank line itself
    return fault.line + below + fault.at
