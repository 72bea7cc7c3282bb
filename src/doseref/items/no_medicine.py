"""Lines of a list of medicines that are no medicine: measurements, visits, exercise, diets, packing, plans, allergies.

They are known by the words they begin with, and only where nothing in them could be a drug: no name of one, no amount as drugs
have it, no tablet, drop or cream. What is left is told as nothing to add up, never as unknown; single things (a walking
stick, a feed, a vaccine) have names in ``names.csv``.
"""

from __future__ import annotations

import re

from doseref.items.care_notes import note_of_care, takes_nothing
from doseref.items.identity import Identity
from doseref.items.list_headings import HEADING
from doseref.names import Names
from doseref.names.tokens import tokenize
from doseref.patterns import regex

_MEASURED = (
    r"(?:b\.?p\.?s?|blood\spressures?|bgls?|bsls?|cbgs?|smbg|blood\s(?:glucose|sugar)s?|sugars|weights?|wt|inrs?|hba1c|a1c|lipids?|"
    r"fasting\slipids?|cholesterol|lfts?|uecs?|u\s?&\s?es?|u/es?|ues|eucs?|bmp|cmp|fbcs?|fbes?|cbcs?|tfts?|tsh|psa|crp|esr|ecgs?|ekgs?|renal\sfunction|"
    r"kidney\sfunction|liver\sfunction|thyroid\sfunction|creatinine|egfr|electrolytes|urine|urinalysis|msu|acr|urine\sacr|bone\sdensity|dexa|"
    r"bmd|peak\sflows?|temperature|temp|pulse|heart\srate|o2\ssats|spo2|sats|obs|vitals?|fluid\sbalance|"
    r"mammograms?|usg|anomaly\sscan|pregnancy\stests?|hr(?=\scheck)|colonoscopy|gastroscopy|pap\ssmear|cervical\sscreening|spirometry|echo(?:cardiogram)?|x-?ray|ct(?=\sscan)|mri|ultrasound|"
    r"bloods|blood\s(?:tests?|work)|labs?|pathology|pain\sscore|growth|height|ketones?|waist|bowel\schart|(?:hb|wcc|wbc|plts?)\s(?=[0-9])|k\+\s?[=:]?\s?(?=[2-7]\.[0-9])|na\+\s?[=:]?\s?(?=1[0-9]{2})|"
    r"(?:eye|foot|feet|skin|dental|hearing|vision|diabetic\seye|retinal)(?=\s(?:check|exam|review|screen|test)))"
)
_TEST = regex(_MEASURED, re.I)
_DONE = r"(?:check(?:s|ed|ing)?|tests?|tested|testing|monitor(?:ed|ing)?|log|diary|chart|screen(?:ing)?|exams?|levels?|profile|readings?|record(?:ed|ing)?|scan)"
_EVERY = r"(?:home|daily|weekly|monthly|regular|repeat|routine|annual|yearly|fasting|random|recheck|check|monitor|measure|record|test|log|next|due|ongoing)"
_WHO = (
    r"(?:gp|pcp|np|dr\.?(?:\s[a-z]+)?|doctor|specialist|cardiolog(?:y|ist)|cards|endo(?:crin(?:e|ology|ologist))?|renal|nephrology|respiratory|"
    r"neuro(?:logy|logist)?|oncology|haematology|hematology|gastro(?:enterology)?|rheum(?:atology)?|ortho(?:paedics|pedics)?|surg(?:eon|ery|ical)|"
    r"psych(?:iatry|iatrist|ologist|ology)?|dentist|dental|optometr(?:y|ist)|ophthalm(?:ology|ologist)|podiatr(?:y|ist)|dieti[tc]ian|nurse|"
    r"diabetes\seducator|clinic|outpatients?|opd|hospital|antenatal|pharmacist|pharmacy|wound\scare|warfarin\sclinic|inr\sclinic|physio(?:therapist)?)"
)
_SEEN = r"(?:review(?:ed)?|follow[\s-]?up|f/?u|appt|appointments?|visits?|clinic|check(?:-?up)?|referral|referred|consult|to\sreview|booked)"
_MOVED = (
    r"(?:walk(?:s|ing)?|exercises?|exercising|swim(?:s|ming)?|gym|yoga|pilates|tai\schi|stretch(?:es|ing)?|cycling|hydrotherapy|physio(?:therapy)?|"
    r"physical\stherapy|occupational\stherapy|speech\s(?:therapy|pathology)|massage|acupuncture|chiro(?:practor|practic)?|osteopathy?|"
    r"counsell?ing|counsell?or|cbt|psychotherapy|meditation|mindfulness|relaxation|pelvic\sfloor|breathing\sexercises|chest\sphysio|cardiac\srehab|"
    r"pulmonary\srehab|rehab|balance\sclass(?:es)?|strength\straining|weight\sloss|lose\sweight|bed\srest|rest|elevat(?:e|ion)|leg\selevation|"
    r"(?:[a-z]+[\s/-]){0,2}exercises|(?:hot|cold|warm)\s(?:fomentations?|soaks?|sponging|packs?|compress(?:es)?)|fomentations?|tepid\ssponging|"
    r"head[\s-](?:end|of[\s-](?:the\s)?bed)\s(?:elevation|up|raised|elevated)|(?:dark|sun|protective)\s?glasses|spectacles|pt(?=\s(?:[0-9]|twice|once|weekly|daily))|"
    r"(?:keep\s)?(?:the\s|your\s)?(?:ear|wound|area|cast|plaster|dressing|skin|eye|feet|foot|hands|part)s?\s(?:dry|clean|elevated|moist)|"
    r"wash\s(?:linen|clothes|bedding|hands|face|hair|feet|sheets|towels)|(?:[a-z]+\s)?hygiene|sleep\shygiene|sun\sprotection|mouth\scare|oral\scare|oral\shygiene|foot\scare|skin\scare|wound\scare|catheter\scare|stoma\scare|"
    r"smoking\scessation|quit\s?line|quit\ssmoking|stop(?:ped)?\ssmoking|gave\sup\ssmoking|no\ssmoking|falls?\sprecautions|aspiration\sprecautions|fall\srisk)"
)
_EATEN = (
    r"(?:(?:[a-z]+[\s-]){0,3}diet|(?:plenty|lots)\sof\s(?:(?:oral|clear|warm)\s)?(?:fluids?|water|liquids?)|"
    r"(?:warm\s|luke\s?warm\s)?(?:salt|saline)(?:\s?water)?\s(?:gargles?|rinses?|mouth\s?wash(?:es)?)|fluid\srestriction|fluids?|oral\sfluids|push\sfluids|increase\sfluids|water|(?:clear|full|free)\s(?:liquids?|fluids?)|drink\swater|hydration|prune\sjuice|pear\sjuice|"
    r"high\s(?:fibre|fiber|protein)|low[\s-](?:salt|sodium|fat|sugar|carb|gi|fodmap|potassium)|gluten[\s-]free|(?:avoid|no)\s(?:alcohol|caffeine|grapefruit(?:\sjuice)?|(?:spicy|fatty|salty|sugary|fried|raw)\sfoods?)|alcohol\s(?:restriction|free)|"
    r"limit\s(?:alcohol|salt|caffeine)|thickened\sfluids|texture\smodified|soft\sdiet|npo|nil\sby\smouth|meal\sreplacement)"
)
_PACKED = r"(?:webster[\s-]?pa(?:k|ck)s?|webster|dosette(?:\sbox)?|blister[\s-]?packs?|bubble[\s-]?packs?|dose\sadministration\said|daa|pill\s?(?:box|organi[sz]er)|sachets\srolls?|roll\spack|nomad)"
_WORN = (
    r"(?:class\s(?:[123]|i{1,3})\s)?(?:below[\s-]knee\s|above[\s-]knee\s|thigh[\s-](?:length|high)\s|knee[\s-](?:length|high)\s)?"
    r"(?:compression|graduated|anti-?embolism|support|ted|flight)\s(?:compression\s)?(?:stockings?|hosiery|hose|socks|tights)"
)
_PLANNED = (
    r"(?:(?:asthma|copd|sick\sday|diabetes|pain|allergy|anaphylaxis|epilepsy|seizure|care|mental\shealth|ascia|hypo|heart\sfailure|migraine)\s"
    r"(?:action\s|management\s|care\s)?plan|action\splan|care\splan|advance\scare|education|leaflet|patient\sinformation|home\scare|home\shealth|district\snurse|"
    r"(?:[a-z]+\s)?(?:steroid|warfarin|anticoagulant|lithium|insulin|opioid|alert|emergency)\s(?:emergency\s)?(?:card|passport|bracelet)|yellow\sbook|"
    r"community\snurse|meals\son\swheels|home\shelp|medical\salert|medic\salert|dnr|full\scode)"
)
_ALLERGY = regex(
    r"(?:nk?d?a\b|nkda|no\sknown\s(?:drug\s|medication\s)?allerg|(?:known\s|drug\s|food\s)*(?:allerg(?:y|ies)|adrs?|intoleran(?:ce|t))\s*[:–-]|"
    r"allergic\sto\s|intolerant\s(?:of|to)\s)",
    re.I,
)
_VACCINE = regex(
    r"(?:.{0,40}\b(?:vaccin(?:e|es|ation|ations|ated)|immuni[sz](?:ation|ations|ed)|imms)\b|(?:flu|covid(?:[\s-]?19)?|tetanus|shingles|"
    r"pneumo(?:coccal|nia)?|whooping\scough|hep(?:atitis)?\s?[ab]|rsv)\s(?:jab|shot|booster|vax|needle)s?\b)",
    re.I,
)
_COSMETIC = regex(
    r"\bspf\s?[0-9]{2}\b|\b(?:moisturi[sz]ers?|sun\s?(?:screen|block|cream|lotion)|lip\s(?:balm|salve)|hand\s(?:cream|wash|gel)|"
    r"body\s(?:lotion|wash|butter)|face\s(?:wash|cream)|shower\s(?:gel|cream)|bubble\sbath|tooth\s?paste|deodorant|baby\swipes|"
    r"(?:hair\s)?conditioner|dry\sshampoo|bath\sbomb|talcum\spowder|eye\smake-?up|wet\swipes|insect\srepellent)\b",
    re.I,
)
"""What is bought beside medicines and holds none to be added up, by the word for what it is."""
_NEEDLES = regex(
    r"\b(?:pen\sneedles?|lancets|insulin\ssyringes?|test\sstrips)\b|\b[0-9]{1,2}\s?mm\sneedles?$|\bneedles?\s\(?[0-9]{1,2}\s?mm\)?$",
    re.I,
)
"""What is bought for giving and measuring, of any maker and size ("BD Viva pen needles 4 mm")."""
_DRUG_FREE = regex(
    r"\((?:drug|medicine|medication)[\s-]free\)|\b(?:drug|medicine)[\s-]free\s(?:heat|pain|patch|plaster|pad|gel|wrap|tape|spray|relief|"
    r"product)|\bnon-?medicated\b",
    re.I,
)
"""A line that says itself that nothing in it is a drug ("Voltarol heat patch (drug free)"); an interval is none."""
_MEASURE = regex(r"[0-9]\s?(?:mg|mcg|µg|μg|ug|micrograms?|iu|units?|meq|%)", re.I)
_PERSON = regex(
    r"(?:(?:current|ex|former|non|never|heavy|light|social|active)[\s-]?)*(?:smok(?:er|es|ing)|smoked)\b|(?:chronic\s)?migraines?\s(?:with(?:out)?|w/)\s?"
    r"aura\b|(?:(?:currently|is|still|exclusively|not)\s)?(?:breast[\s-]?fe(?:eding|eds)|lactating|pregnant|nursing\smother)\b|"
    r"[0-9]{1,2}\s?(?:weeks?|wks?|/40)\s(?:pregnant|gestation)\b",
    re.I,
)
"""What a line says of the person beside what is taken (:mod:`doseref.regimen.told_facts` reads it)."""
_KINDS = (
    (regex(rf"(?:{_EVERY}\s)*{_MEASURED}\b", re.I), "measurement or test"),
    (
        regex(
            rf"(?:see|visit|attend|book|refer(?:ral|red)?|review|follow[\s-]?up|f/?u|return|rtc|appt|appointment)\b(?:\s(?:with|by|to|at|in|your|the))*\s?(?:{_WHO}\b|$|[0-9])",
            re.I,
        ),
        "visit",
    ),
    (regex(rf"(?:{_EVERY}\s)*{_WHO}\s(?:{_SEEN}|{_DONE})\b", re.I), "visit"),
    (
        regex(
            r"(?:podiatrist|dieti[tc]ian|optometrist|psychologist|dentist|chiropractor|osteopath|counsellor)\b", re.I
        ),
        "visit",
    ),
    (
        regex(
            rf"(?:(?:{_EVERY}|balance|gentle|light|stretching|knee|back|neck|shoulder|breathing|core|group)\s)*{_MOVED}\b",
            re.I,
        ),
        "exercise, therapy or advice",
    ),
    (regex(rf"{_EATEN}\b", re.I), "diet"),
    (regex(rf"(?:[a-z]+\s)?{_PACKED}\b", re.I), "packing of medicines"),
    (regex(rf"{_WORN}\b", re.I), "what is worn"),
    (regex(rf"{_PLANNED}\b", re.I), "plan or care"),
    (_PERSON, "fact of the person"),
)
_LEVEL = regex(r"\s*(?:levels?|trough|studies|monitoring|assay)\b", re.I)
_DOSED = regex(
    r"[0-9]\s?(?:mg|mcg|µg|μg|ug|micrograms?|milligrams?|iu|units?|meq|mmol(?!/)|ml|g)\b(?!\s?/\s?(?:d?L|ml|day\b))|"
    r"\b(?:tab|cap|pill|caplet|lozenge|gum(?!s?\s(?:care|disease|bleed|health|line|check))|gumm(?:y|ie)|drop|gtt|spray|puff|patch|cream|ointment|gel|lotion|syrup|syp|elixir|suppositor|pessar|"
    r"inject|amp|vial|powder|sachet|liquid|mixture|granule|inhal(?!er\stechnique)|neb|infus|tincture|oil|extract|tea|herb|supplement|vitamin)[a-z]*\b",
    re.I,
)
"""What a drug is taken in. A fluid restriction in mL stands with its own words (:data:`_FLUID`)."""
_FLUID = regex(r"\b(?:fluids?|water)\b", re.I)
_CLEAR = regex(r"\b(?:clear|full|free|thickened)\s(?:liquids?|fluids?)\b", re.I)
_BY_GRAMS = regex(
    r"\b[0-9]{1,2}(?:[.,][0-9]{3})?(?:\.[0-9])?\s?(?:g|gm|grams?)\s(?:of\s)?(?:sodium|salt|na\+?|protein|fib(?:re|er)|carb(?:ohydrate)?s?|fat|potassium)\s"
    r"(?=(?:restrict(?:ed|ion)\s)?diet\b)|\b[1-3][.,]?[0-9]{3}\s?(?:k?cals?|calories?)\s(?=(?:[a-z]+\s)?diet\b)",
    re.I,
)
"""By how much a diet is limited ("2 g sodium diet")."""
_LITRES = regex(r"[0-9][0-9.,]*\s?(?:m?L)\b(?:/day|/24\s?h(?:rs?|ours)?)?", re.I)
_LONGEST = 160


def no_medicine(text: str, names: Names) -> Identity | None:
    """A line that begins with words of what is no medicine, or calls it a cosmetic, and in which nothing could be a
    medicine; ``None`` for any other.
    """
    line = _BY_GRAMS.sub("low ", text.strip(" -–—*•."))
    if len(line) > _LONGEST or not line:
        return None
    plain = _CLEAR.sub(" fluids ", _LITRES.sub(" ", line) if _FLUID.search(line) else line)
    if HEADING.fullmatch(line):
        return _told(text, "heading")
    if _ALLERGY.match(line):
        return None if _DOSED.search(plain) else _told(text, "allergy")
    if _VACCINE.match(line) and not _DOSED.search(plain) and not _drugs(line, names):
        return _told(text, "vaccine")
    if _COSMETIC.search(line) and not _MEASURE.search(line) and not _drugs(line, names):
        return _told(text, "cosmetic or toiletry")
    if takes_nothing(line):
        return _told(text, "statement that nothing is taken")
    kind = next((what for pattern, what in _KINDS if pattern.match(line)), "")
    if not kind and _NEEDLES.search(line) and not _drugs(line, names) and not _MEASURE.search(line):
        return _told(text, "medical device")
    if not kind and not _DOSED.search(plain) and note_of_care(line) and not _drugs(line, names):
        return _told(text, "note of care")
    packed = kind == "packing of medicines"
    if (
        not kind
        or (_DOSED.search(plain) and not packed)
        or _drugs(line, names)
        or (packed and _HAS_AMOUNT.search(line))
    ):
        return None
    return _told(text, kind)


def is_test(word: str) -> bool:
    """Whether a word is the name of a measurement or a test ("BMP", which is a protein only where an item begins)."""
    return _TEST.fullmatch(word) is not None


def drug_free(text: str) -> Identity | None:
    """A line that says that it holds no drug, whatever name it begins with; never one with an amount of a drug."""
    low = text.lower()
    if "free" not in low and "medicated" not in low:
        return None
    return _told(text, "drug-free product") if _DRUG_FREE.search(text) and not _MEASURE.search(text) else None


def level_of(text: str, end: int) -> Identity | None:
    """A line that is about how much of a drug is in the blood ("digoxin level Friday"); its name ends at ``end``."""
    return _told(text, "measurement or test") if _LEVEL.match(text, end) and not _DOSED.search(text, end) else None


_HAS_AMOUNT = regex(r"[0-9]\s?(?:mg|mcg|g|mL|units?)\b", re.I)


def _told(text: str, kind: str) -> Identity:
    return Identity(by="synonym", matched=text, care=kind)


def _drugs(text: str, names: Names) -> bool:
    """Whether a text names a drug anywhere."""
    tokens = tokenize(text)
    for place, token in enumerate(tokens):
        found = names.at(tokens, place)
        if found is None or found.entry.care or found.entry.everyday or (found.entry.abbreviation and not token.upper):
            continue
        return True
    return False
