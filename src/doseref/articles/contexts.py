"""What headings, labels and lead-ins say about a dose: one vocabulary for population, route, form, release, purpose,
setting, indication.

A label counts as context only where the vocabulary knows a word of it and no other word of it looks like a drug: under
"Lisinopril", a line "Hypertension: 10 mg" is lisinopril's, a line "Enalapril: 10 mg" is not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from doseref.articles.ages import ADULTS_AND_OLDER, FROM_TWELVE, GROWN, GROWN_AND_YOUNG, ages_in_years
from doseref.articles.bands import (
    ONE_WEIGHT,
    age_band,
    joined_bands,
    raised_risk,
    renal_band,
    weight_band,
    without_normal_kidneys,
)
from doseref.articles.kinds import AnyCase, SpokenKinds
from doseref.articles.model import REMEMBERED
from doseref.articles.ordinary import is_ordinary
from doseref.articles.spoken_words import spoken
from doseref.context import NOTHING, Context
from doseref.dosage.places_of_disease import without_complaints
from doseref.indications import uses_in, without_uses
from doseref.patterns import regex
from doseref.records import replace

TOXIC = "toxic threshold"
"""The purpose of an amount that harms: no dose."""
_POPULATIONS = SpokenKinds(
    (
        "pregnancy",
        AnyCase(
            r"\b(?:(?<!earlier )(?<!previous )(?<!prior )(?<!past )pregnan\w{1,5}|conceiv(?:e|ing)|breast-?feeding|lactation|(?:expectant|expecting)\s+(?:mothers?|wom[ae]n|mums?|moms?|ladies)|"
            r"(?:mothers?|mums?|moms?|mommies)-to-be|(?:try|hop|plan|wish|long)\w{0,5}\s+(?:for\s+)?a\s+baby)\b"
        ),
    ),
    (
        "kidney impairment",
        AnyCase(
            r"\b(?:(?:renal|kidney)\s+(?:impairment|disease|failure|insufficiency)|dialysis|CrCl|e?GFR|"
            r"creatinine\s+clearance|(?:weak|poor|damaged)\s+kidneys|kidneys\s+(?:are|be|filter|work)\s+(?:weak|poor(?:ly)?|"
            r"damaged|badly|under|below|less))\b"
        ),
    ),
    ("liver impairment", AnyCase(r"\b(?:(?:hepatic|liver)\s+(?:impairment|disease|failure)|cirrhosis)\b")),
    (
        "older adults",
        AnyCase(
            r"(?<!\bnon-)(?<!\bnot )\b(?:elderly|older\s+(?:adults?|people|patients|women|men|ladies|folk)|geriatrics?|seniors?|pensioners?|frail|(?:past|over|above|"
            r"after|from)\s+the\s+age\s+of\s+[678]\d|from\s+[67]\d\s+on(?:wards?)?\b|"
            r"from\s+(?:age\s+[67]\d\b|[67]\d\s+years)|(?:past|beyond|over|after\s+age|"
            r"older\s+than|aged\s+over)\s+[67]\d(?!\s?(?:kg|mg|lb|%|mL|ml|days|weeks|hours|beats|/|-|–|\d))|"
            r"(?<!up to )[678]\d\s+(?:years\s+)?(?:and|or)\s+(?:over|older|above)(?!\s+\d))\b|[>≥]\s{0,2}[67]\d\s?(?:years?|yrs?|y/?o|y)\b"
        ),
    ),
    (
        "children",
        AnyCase(
            r"\b(?:(?:school)?child(?:ren)?|p(?:a)?ediatrics?|peds|toddlers?|adolescents?|teen(?:ager)?s?|kids?|"
            r"youngsters?|little\s+ones|"
            r"school[- ]aged?)\b|"
            r"(?:[<≤]|\bunder|\bbelow)\s{0,2}(?:age\s+)?1[0-8](?:\s?(?:years?|yrs?|y/?o)\b|(?=\s*[,;.:)]|"
            r"\s*\Z))|(?<!for )\b(?:over|above)\s(?:[2-9]|1[01])\syears\b|\b\d{1,2}\s?(?:–|-|to)\s?1?\d\s?(?:years|yrs?|y/?o|y|months?|mos?)\b"
        ),
    ),
    (
        "infants",
        AnyCase(
            r"\b(?:infants?|neonat\w{1,4}|newborns?|(?<!had a )(?<!has a )(?<!have a )(?<!having a )(?<!trying for a )(?<!try for a )(?<!expecting a )(?<!planning a )(?<!hoping for a )(?<!hope for a )(?<!want a )(?<!wants a )(?<!wanting a )(?<!waiting for a )(?<!plan a )bab(?:y|ies))\b"
        ),
    ),
    (
        "adults",
        AnyCase(
            rf"\badults?\b|\bgrown-?ups?\b|{FROM_TWELVE}|"
            r"[≥>]\s{0,2}(?:1[2-8])\s?(?:years|yrs?|y/?o)\b"
        ),
    ),
)
_SEX = AnyCase(
    r"\A\W*(men|women|boys|girls)\W*\Z|\bin\s+(?:an?\s+)?(?:otherwise\s+)?(?:healthy\s+)?(wom[ae]n|m[ae]n)\W*\Z"
)
"""A label that is for one of the sexes alone, or names what it is for in one of them ("Cystitis in a woman")."""
_SEXES = {"man": "men", "woman": "women"}
_FROM_SIXTY = regex(r"(?<!\d)(?:60|65|70)\s?(?:y|\+|\Z)|(?<!\d)(?:60|65|70)\b(?=\s+(?:and|or))", re.I)
_BAND = AnyCase(
    r"(?<!before )(?:[<≤>≥]=?\s{0,2}|\b(?:under|over|below|above|from|aged?|ages|up\s+to|at\s+least)\s+)?"
    r"\b\d{1,3}(?:\.\d)?\s?(?:years?|yrs?|y/?o|months?|"
    r"mos?|kg|lbs?|pounds)?\s?(?:(?:–|-|to)\s?\d{1,3}(?:\.\d)?)?\s?"
    r"(?:\+\s?)?(?:years?|yrs?|y/?o|y|months?|mos?|weeks?|kg|lbs?|"
    r"pounds)\b(?:\s+(?:and|or)\s+(?:over|older|above|under|up|more|less|heavier|lighter|younger)\b(?!\s+\d))?",
)
_ROUTES = spoken("ROUTE", "LABEL")
_FORMS = AnyCase(
    r"\b(tablets?|caplets?|capsules?|suspension|syrup|elixir|liquid|drops|solution|nebuli[sz]e[rd]|inhalers?|mdi|hfa|"
    r"dpi|handihaler|"
    r"respimat|diskus|sprays?|"
    r"patch|suppository|lozenges?|chewables?|powder|gels?|creams?)\b",
)
_INHALERS = regex(r"mdi|hfa|dpi|handihaler|respimat|diskus")
_RELEASES = spoken("REL", "LABEL")
PURPOSES = SpokenKinds(
    (
        TOXIC,
        AnyCase(
            r"\b(?:toxic\w{0,3}\s+(?:dos(?:e|es|age)|thresholds?|amounts?|levels?|ingestions?|ranges?)|lethal|"
            r"fatal|ingest(?:ed|ions?))\b"
        ),
    ),
    ("infusion", AnyCase(r"\b(?:infusions?|drip|continuous)\b")),
    ("loading", AnyCase(r"\b(?:load(?:ing)?|bolus|clean-?out|disimpaction|induction|first\s+dose|1st\s+dose)\b")),
    ("second dose", AnyCase(r"\b(?:second|2nd)\s+dose\b")),
    ("third dose", AnyCase(r"\b(?:third|3rd)\s+dose\b")),
    ("maintenance", AnyCase(r"\b(?:maintenance|maintain|upkeep|ongoing)\b")),
    ("starting", AnyCase(r"\b(?:start(?:ing)?|begin(?:ning)?|initial(?:ly)?|(?:opio?[ia](?:d|te)-?\s?)?naive)\b")),
    ("tolerant", AnyCase(r"\b(?:opioid|opiate)?-?tolerant\b")),
    ("reversal", AnyCase(r"\b(?:reversal|reverse)\b")),
    ("premedication", AnyCase(r"\bpre-?medicat\w{1,4}\b")),
    ("repeat", AnyCase(r"\b(?:repeat\w{0,4}|rescue|breakthrough)\b")),
    ("single", AnyCase(r"\b(?:single|one-time)\s+dose\b")),
    ("high dose", AnyCase(r"\bhigh[- ]dose\b")),
    ("low dose", AnyCase(r"\blow[- ]dose\b")),
    ("target", AnyCase(r"\btarget\b")),
)
_SETTINGS = SpokenKinds(
    (
        "over the counter",
        AnyCase(
            r"\bunless\b[^.;]{0,50}\b(?:prescri\w{2,7}|doctors?|physicians?|clinicians?)\b|"
            r"\b(?:treat|look(?:s|ing)?\s+after|treat(?:s|ing))\s+(?:themsel\w{3}|him-?self|herself|oneself|your(?:self|selves))\b|"
            r"\b(?:self-?treat\w{0,4}|(?:nobody|no\s+one|no\s+doctor)\s+(?:is\s+)?(?:checks?|checking|watch\w{2,3}|keep\w{1,4})"
            r"|without\s+(?:any\s+)?(?:blood\s+tests?|monitoring|(?:medical\s+)?supervision))\b|"
            r"\bwithout\s+(?:seeing\s+|asking\s+)?(?:(?:a|your|the|any)\s+)?(?:medical|doctor['’]s|pharmacist['’]s)\s+(?:advice|"
            r"supervision|guidance)\b|\bwithout\s+(?:first\s+)?[a-z]{3,12}ing\s+(?:to\s+|with\s+)?(?:an?|your|the|any)\s+(?:doctor|gp|physician|pharmacist|clinician|prescriber)\b|"
            r"\b(?:buy(?:s|ing)?|bought)\s+(?:[\w-]+\s+){0,3}?(?:here|from\s+us|over|off|themsel\w{3}|yoursel\w{1,3}|herself|himself)\b|"
            r"(?<!not )\b(?:over[\s-]the[\s-]counter|on\s+your\s+own|treat\w*\s+yourself|OTC|"
            r"self-?care|self-?medicat\w{1,4}|(?:off|from)\s+(?:the|a)\s+(?:[a-z]+\s+)?shel(?:f|ves)|non-?prescription|(?:and|with|without|have)\s+no\s+prescription|store[\s-]brand|"
            r"(?:shop|store|supermarket|drugstore)[\s-]bought|"
            r"(?:bought|sold|buy)\s+(?:it\s+)?(?:in|at|from)\s+(?:the\s+|a\s+|your\s+)?(?:chemist|pharmac\w{1,3})(?:['’]s)?(?!['’\w])|\Afrom\s+(?:the|a|your)\s+(?:chemist|pharmac\w{1,3})\W*\Z|"
            r"(?:bought|sold)\s+(?:in|at|from)\s+(?:the\s+|a\s+)?(?:shop|store|supermarket|drugstore)s?|"
            r"(?:shop|store|packet|carton)\s+(?:rule|limit|maximum)|"
            r"without\s+(?:medical|professional)\s+advice|"
            r"without\s+(?:asking\s+)?(?:a\s+|your\s+|the\s+)?(?:prescription|doctor|physician)(?:['’]s\s+(?:advice|say-?so))?|sold\s+without\s+one)\b",
        ),
    ),
    (
        "prescription",
        AnyCase(
            r"\b(?:doctors?|physicians?|specialists?|consultants?|prescribers?|clinicians?|gps?|[a-z]{4,12}ologists?)\b(?:\s+who\b[^,.;]{3,60})?\s+(?:may|can|might|will)\s+"
            r"(?:allow|go|raise|prescribe|use|push|increase|order|take)\b|\bunder\s+(?:a\s+doctor|medical\s+supervision)\b|"
            r"\b(?:prescribed|prescription(?:\s+(?:only|strength))?|Rx)\b"
        ),
    ),
)
INDICATIONS = AnyCase(
    r"\b(?:a-?fib|af|vf|vt|svt|chf|nstemi|stemi|acs|uti|gad|ocd|adhd|ptsd|bph|ibs|hot\s+fl(?:ash|ush)es|yeast|vaginosis|"
    r"pain(?:killers?|\w{0,3})|clots?|fever|(?:tooth|ear|back|stomach)?-?aches?|headaches?|(?:jet|travel|motion)[\s-](?:lag|sickness)|sneez\w{1,3}|migraines?|hypertension|blood\s+pressure|"
    r"heart\s+(?:failure|attack)\w{0,1}|cardiac\s+arrest|arrest|angina|arrhythmias?|"
    r"(?:tachy|brady)cardia|torsades|fibrillation|shock|an(?:gio|aphyla)\w{2,6}|allerg\w{1,4}|hives|itch\w{0,3}|"
    r"asthma|copd|cough|croup|cold|flu|infections?|sepsis|pneumonia|"
    r"cu?rb-?65|gout|ulcers?|gerd|reflux|heartburn|nausea|vomiting|diarrh\w{2,4}|constipation|seizures?|status\s+epilepticus|"
    r"epilepsy|convulsions?|anxiety|depression|psychosis|agitation|"
    r"insomnia|sleep(?:less\w{0,4})?|sedation|intubation|an(?:a)?esthe\w{2,4}|nerve\s+blocks?|blocks?|withdrawal|deficien\w{2,3}|"
    r"an(?:a)?emia|diabetes|hypoglyc\w{2,5}|hyperkal\w{2,5}|dehydration|"
    r"strep(?:tococcal)?(?:\s+throat)?|sore\s+throat|(?:h\.?|helicobacter)\s*pylori|coronary\s+syndrome|"
    r"otitis(?:\s+media|\s+externa)?|swelling|edema|oedema|inflammation|spasms?|spasticity|sprains?|fractures?|burns?|wounds?|injur(?:y|ies)|surgery|"
    r"surgical|prevention|prophylaxis|malaria|tuberculosis|"
    r"strokes?|embolism|dvt|thrombosis|vte|bleeding|h(?:a)?emorrhage|cancer|tumou?rs?|psoriasis|eczema|acne|rash|"
    r"lupus|sclerosis|parkinson\w{0,2}|alzheimer\w{0,2}|"
    r"shingles|herpes|chicken\s?pox|thrush|scabies|threadworms?|vertigo|hiccups|indigestion|"
    r"menopause|obesity|incontinence|rosacea|osteoporosis|preeclampsia|eclampsia|pregnancy|contraception|colic|stones?|cramps?|menstrual|mild|moderate|"
    r"severe|acute|chronic|"
    r"(?!diagnosis)\w{3,20}(?:itis|algia|osis|emia|aemia|uria|pathy|plegia|rrhea|rrhoea|penia)|hyp(?:er|o)\w{3,12}ism|"
    r"\w{3,20}\s+(?:disease|syndrome|failure|disorders?|attacks?|crisis|poisoning))\b",
)
_LOOKS_LIKE_DRUG = AnyCase(
    r"\b[a-z]{3,20}(?:pril|olol|statin|azole|mycin|micin|cillin|cycline|floxacin|zepam|zolam|sartan|dipine|prazole|"
    r"tidine|gliptin|gliflozin|glitazone|semide|thiazide|"
    r"profen|oxicam|coxib|caine|barbital|triptan|setron|codone|morphone|fentanil|phylline|terol|sone|solone|onide|"
    r"parin|xaban|gatran|mab|nib|vir|oxetine|pramine|triptyline|"
    r"azine|idone|apine|zodone|vudine|quine|lukast|dronate|phenytoin|lamide|ridine|rocuronium|curonium|midate|"
    r"bicarbonate|chloride|sulfate|gluconate|phosphate|acetate)\b",
)
_FILLER = AnyCase(
    r"\b(?:the|a|an|of|for|in|and|or|with|to|by|per|if|on|usual|typical|typically|standard|recommended|normal|daily|"
    r"dose|doses|dosing|dosage|patients?|people|weight|based|age|fixed|administration|"
    r"treatment|therapy|total|required|step|option|first|line|second|general|regimen|protocol|schedule|example|"
    r"product|products|formulation|combination|only|general|everybody|everyone|all|others)\b|[^A-Za-z]",
)
_ALLERGIC = AnyCase(r"\b[A-Za-z]+[- ]allerg(?:ic|y)\b|\ballergic\s+to\s+[a-z]+")
"""A drug that people are allergic to is not the one they are given."""
_PARENS = regex(r"\([^()]*\)")


@lru_cache(maxsize=REMEMBERED)
def context_of(text: str, *, label: bool = False) -> Context:
    """What a text says of the dose beside or below it; as a ``label`` it may be an indication as a whole."""
    text = without_normal_kidneys(ages_in_years(text))
    population = _POPULATIONS.first(text)
    band = _BAND.search(text) if population in ("children", "infants", "adults") or label else None
    route = _only(text)
    form = _FORMS.search(text) if label else None
    release = _RELEASES.first(text)
    purpose = PURPOSES.first(text) if label else None
    setting = _SETTINGS.first(text)
    indication = " ".join(text.split()).strip(" :*.").lower() if label and is_indication(text) else None
    if label and (sex := _SEX.search(text)):
        word = (sex.group(1) or sex.group(2)).lower()
        population = population or _SEXES.get(word, word) if sex.group(2) else sex.group(1)
    renal = renal_band(text)
    if renal and population in (None, "adults"):
        population = "kidney impairment"
    if label and population == "children" and GROWN_AND_YOUNG.search(text):
        population, band = "adults", None
    if label and population is None and ADULTS_AND_OLDER.search(text):
        population = "adults"  # "From 12 years:", where children have their own
    if band and population in ("adults", "children") and ADULTS_AND_OLDER.search(text):
        population, band = "adults", None  # "adults and children from 12 years"
    if band and (
        (population != "infants" and "week" in band.group()) or (population in (None, "adults") and GROWN.search(text))
    ):
        band = None  # how long they take it; "from 12 years up" is an adult
    if band and population == "older adults" and _FROM_SIXTY.search(band.group()):
        band = None  # older adults, and no part of them
    told = " ".join(text[band.start() : band.end()].split()) if band else None
    weighed = weight_band(text)
    if weighed is None and band is None and (one := ONE_WEIGHT.search(text)):
        weighed = f"{one['weight']} {'kg' if one['unit'][0] in 'kK' else 'lb'}"
    return Context(
        population,
        renal if population == "kidney impairment" else joined_bands(told, weighed) or age_band(text),
        route,
        _form(form.group(1).lower()) if form else None,
        release,
        indication,
        purpose,
        setting,
        group=earlier_pregnancy(text) or raised_risk(text),
    )


def says_whom_or_what_for(label: str) -> bool:
    """Whether a label names people, a band of ages or weights, or a known use."""
    told = context_of(label, label=True)
    return bool(told.population or told.band or uses_in(label))


def _form(word: str) -> str:
    return "nebulizer" if word.startswith("nebuli") else _INHALERS.sub("inhaler", word).removesuffix("s")


_EARLIER = regex(r"\b(?:earlier|previous|prior|past)\s+pregnanc(?:y|ies)\b", re.I)


def earlier_pregnancy(text: str) -> str | None:
    """Whom a dose is for by what happened in an earlier pregnancy: that is no dose of everybody who is pregnant."""
    return "an earlier pregnancy" if _EARLIER.search(text) else None


_CLASS = AnyCase(
    r"\b(?:inhibitors?|(?:beta|alpha|channel|receptor)[\s-]?blockers?|(?:ant)?agonists?|diuretics?|"
    r"opioids?|nsaids?|arbs?|"
    r"ssris?|snris?|tcas?|maois?|statins?|biguanides?|sulfonylureas?|incretins?|macrolides?|"
    r"penicillins?|cephalosporins?|"
    r"fluoroquinolones?|antihistamines?|(?:cortico)?steroids?|benzodiazepines?|anticoagulants?|antiplatelets?)\Z"
)
"""What a cell names that is a class of drugs, and nothing that a dose is for."""
_STEP = AnyCase(r"\b(?:first|after(?:wards?)?|until|then|thereafter|later|days?|weeks?)\b")
_STEPS = frozenset(
    "and first second third fourth next last final after afterward afterwards until then thereafter later from for on "
    "onward onwards the that few one two three four to day days week weeks month months night nights".split()
)
"""Words of a label that is nothing but a step of a course: "First week", "From the second week", "Days 2–5", "Later"."""
_WORDS = regex(r"[A-Za-z]+|\S")
_AT_FIRST = AnyCase(r"\A(?:for\s+|on\s+)?(?:the\s+)?first\b")


_PART = AnyCase(
    r"(?:thereafter|afterwards?|later|prophylaxis|prevention|treatment|maintenance|upkeep|initially|loading|bolus|total)\Z"
)


def is_step(word: str) -> bool:
    """Whether a word is the name of a part of a treatment ("thereafter 5 mg", "prophylaxis 30 mg")."""
    return bool(_PART.match(word))


def step_of(label: str) -> str | None:
    """The step of a course that a label says, as a condition: the first is the start of it, words of what follows are
    ``later``; ``None`` for any other label.
    """
    text = " ".join(label.split()).strip(" :*._")
    if not text or not _STEP.search(text):
        return None
    if any(word not in _STEPS and not word.isdigit() and word not in ",–-" for word in _WORDS.findall(text.lower())):
        return None
    if _AT_FIRST.search(text):
        return "start"
    return text.lower() if text[:3].lower() == "day" else "later"


@lru_cache(maxsize=REMEMBERED)
def told_in_parts(text: str) -> Context:
    """What a cell or a label says between its commas: "Child, acute otitis media", "DVT, first 7 days"."""
    told = NOTHING
    uses: list[str] = []
    steps: list[str] = []
    for part in re.split(r"\s*[,;]\s*", " ".join(text.split()).strip(" :*.")):
        if part and not without_normal_kidneys(part).strip():
            continue  # "CrCl 60 or over": everybody
        one = context_of(part, label=True)
        said = replace(one, indication=None)
        if one.indication or (said == NOTHING and part and not _STEP.search(part) and not _CLASS.search(part)):
            uses.append(part.lower())
        elif _STEP.search(part) and not said.purpose:
            steps.append(part.lower())
        told = replace(said.within(told), band=joined_bands(told.band, said.band))
    group = told.group or raised_risk(text)
    return replace(told, indication=", ".join(uses) or None, condition=", ".join(steps) or None, group=group)


_NOT_BY_MOUTH = regex(
    r"\b(?:cannot|can['’]?t|can\s+not|unable\s+to|not\s+able\s+to|(?:difficulty|trouble|problems)\s+(?:in\s+)?)\s*swallow\w{0,3}",
    re.I,
)


def _only(text: str) -> str | None:
    found = _ROUTES.all(without_complaints(_NOT_BY_MOUTH.sub(" ", text) if "swallow" in text else text))
    if "transdermal" in found and "topical" in found:
        found.remove("topical")
    if len(found) == 2 and "injection" in found:
        found.remove("injection")
    return "; ".join(found) if len(found) in (1, 2) else None


@lru_cache(maxsize=REMEMBERED)
def is_indication(text: str) -> bool:
    """Whether a label names what something is for."""
    return bool(INDICATIONS.search(text) or uses_in(text))


def indication_end(text: str) -> int:
    """Where the last name of what something is for ends in a text; 0 where it names nothing."""
    ends = [hit.end() for hit in INDICATIONS.finditer(text)] + [each.end for each in uses_in(text)]
    return max(ends, default=0)


@lru_cache(maxsize=REMEMBERED)
def looks_like_drug(text: str) -> bool:
    """Whether a word outside brackets ends as names of drugs do: a label that may be another drug than the
    section's.
    """
    return bool(_LOOKS_LIKE_DRUG.search(_ALLERGIC.blank(_PARENS.sub(" ", text))))


def may_be_another_drug(text: str) -> bool:
    """Whether a heading or a first cell without a known name holds a word with a capital that is no ordinary one."""
    return looks_like_drug(text) or _unknown_name(_PARENS.sub(" ", text))


_CAPITALISED = regex(r"[A-Z][\w-]{3,}")


@lru_cache(maxsize=REMEMBERED)
def _unknown_name(label: str) -> bool:
    """Whether a word with a capital is left that the vocabulary does not know and that is no adjective:
    it may be a name.
    """
    if all(word.isalpha() and is_ordinary(word) for word in _CAPITALISED.findall(label)):
        return False
    rest = without_uses(label)
    for words in (INDICATIONS, _BAND, _FORMS):
        rest = words.blank(rest)
    for kind in (_RELEASES, _POPULATIONS, _ROUTES, PURPOSES, _SETTINGS):
        rest = kind.blank(rest)
    left = re.findall(r"[A-Za-z][\w-]{3,}", _FILLER.blank(rest))
    return any(word[0].isupper() and not is_ordinary(word) for word in left)


@lru_cache(maxsize=REMEMBERED)
def is_context(label: str) -> bool:
    """Whether a label says for whom, for what or how, and names no drug that is not known."""
    bare = without_normal_kidneys(_PARENS.sub(" ", label))
    if step_of(label):
        return True
    if looks_like_drug(bare) or _unknown_name(bare):
        return False
    if context_of(bare, label=True) != NOTHING or (
        context_of(label, label=True) != NOTHING and not _FILLER.blank(bare).strip(" ")
    ):
        return True
    return not _FILLER.blank(bare).strip(" ")
