"""Notes of care among the items of a list: advice given, an appointment, a wound, an aid, who lives there.

No list of such sentences can be whole, so they are known by their words, all of them: each is an ordinary English one (those
that a remark may hold), one at least says what care is made of, and none could stand for something that is taken, nor for a
change of it. A medicine under an unknown, misspelt or colloquial name has a word that is none of these ("Ramapril clinic",
"blood thinner from the ward") and stays unknown. The line is told as nothing to add up.
"""

from __future__ import annotations

import re

from doseref.dosage import remark_list
from doseref.patterns import regex

CARE = frozenset(
    """
    activity advice advise advised alarm application appointment appt assessment attend attorney avoid avoidance
    awaiting badge bandage bath bathing batteries bearing bed bedpan benefits biopsy booked booklet brace bracelet
    call cancelled cancelling cannula card carer carers cast catheter catheterisation certificate chair checks clinic
    clips collar colonoscopy commode consent contact copy coroner counseled counselled court crisis crutches ct
    culture cushion declined demonstrated dentures dialysis diary dietician dietitian discussed district dnacpr dnar
    drain dressing dressings drive driving dvla ecg echo educated education ekg endoscopy enrolled exercises explained
    f/u fitted flying follow followup form frame gastroscopy glasses hoist holter hosiery hospice housing informed
    interpreter invited key leaflet leaflets lenses letter lifeline lifting lives machine mattress meals medicalert
    meeting meetings meter midwife monitor mot mri ng note nurse optician orthotics ot outpatient outpatients pacemaker pads
    passport pendant pension phone phoned physio physiotherapy picc pillow plan plaster podiatry police precautions
    procedure protectors purifier humidifier dehumidifier rails ramp ray referral referred report rescheduled respite results return review rollator
    rules sample samples scan school screening seat seek sheet sitter stitch suture staple sling smear smoking social splint sports stairs
    staples stitches stockings stoma summary sun surgery sutures swab taught team technique telephone test tests
    therapist toilet translator twoc ultrasound visits waiting walker wheelchair wipes work worker wound xray
    """.split()
)
"""What a note of care speaks of; one of these words at least stands in it."""
_AROUND = frozenset(
    """
    a aa about action admission advance after air all allergy an and annual annually any are arm arranged as
    association at attached avoid aware baby back bag bags be been before bin bloods bmi bp both breath but by can
    cancelled care change changed check checked checks chest child clean clear collects completed compression
    continence counting cuff dad dates daughter day days did diet discharge discharged do does down drooping dry dsn
    due during each ear ears ed elevate ensure er explained eye eyes failure fall family father fbs feet filled first fit
    flow fluid fluids food foot for fri from given glucose gp grab gran h had hand handed has have hba1c he hearing
    heavy her high hip his home hospital hour hours hr husband if in information inhaler into involved is issued keep
    kept knee last leave left leg legs lfts line liquids list loan low made mon month months mother mum mums my nan
    needed net neuro new next night nil no non none normal not note notes number nurse nurses of off offered on only
    or other our out over own parents part partner passed peak pending per phone place placed plan please power ppbs
    practice provided psa raised rbs re readings removal removed repeat repeated requested restriction result right rules
    safe safety salt sat school second sent shared sharps she shower sick side situ sleep soft some son sore speech
    spicy steri stick sticks stool stores strenuous strips study sun supplied support telephone than that the their
    then these they this thurs to tolerated trial trouble tsh tta tto tube tue tues under until up urine via video
    ward was wed week weeks weigh weight were when which while who wife will with without wks worn x year years your
    zimmer
    """.split()
)
"""What may stand around it: words of every day that are also of the sig language, or near to one, and say nothing here."""
_TIMES = regex(
    r"\b(?:in|x|for|at|within|after|every)?\s*[0-9]{1,2}(?:\s?[-–]\s?[0-9]{1,2})?\s?(?:/(?:7|52|12)\b|(?:days?|wks?|weeks?|months?|mths?|years?|yrs?)\b)|"
    r"\b(?:on\s)?day\s[0-9]{1,2}\b|\bcall\s(?:999|911|111|112|000)\b|"
    r"\b(?:in\s)?(?:one|two|three|four|five|six|eight|ten|twelve)\s(?:days?|weeks?|months?|years?)\b|"
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b|"
    r"(?<=[a-z])\s[0-9]{1,2}[\s-]?(?:month|year)ly$|[<>]?\s?\b[0-9]{1,2}\s?(?:lbs?|kg)\b|\blevel\s[0-7]\b|"
    r"\b[0-9]{1,2}(?::[0-9]{2})?\s?(?:am|pm)\b|\b24\s?(?:h|hour)\b|\b20[0-9]{2}\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|"
    r"\b(?:after|during|before|of)\s(?:the\s)?treatment\b",
    re.I,
)
_SHORT = regex(r"\bf\s?/\s?u\b", re.I)
_SOCIAL = regex(
    r"\b(?:carers?|package\sof\scare|meals\son\swheels|(?:district|community|home|practice|heart\sfailure|diabetes|asthma)\snurses?|home\shelp)\b",
    re.I,
)
_HOW_OFTEN = regex(
    r"\b(?:od|bd|tds|qds|[1-7]\s?x\s?(?:/|a\s)?(?:day|week))\b|\b(?:once|twice)?\s?(?:daily|weekly|monthly|a\s(?:day|week))\b|\b(?:morning|evening|night|am|pm)s?\b",
    re.I,
)
"""Somebody comes so often; behind any other note a frequency may be that of the item above it."""
_TAKEN = """
    tab tabs tablet* pill* cap caps capsule* medic* med meds drug* dose* dosing dosage shot* jab* needle* inject* infus* transfus* remed* herb* tonic*
    thinn* *killer* steroid* anti-* hormon* contracept* coil* implant* inhal* puff* ointment* cream* gel gels
    lotion* oil oils drop drops spray* patch* powder* liquid* mixture* syrup* chemo* treat* therapy therapies supplement* vitamin* mineral* sample*
    prescri* replacement blocker* laxative* sachet* vial* ampoule* pump* depot* booster* vaccin* block blocks epidural contrast kit kits pack packs
    box boxes scale scales tea teas extract* root roots bark* seed seeds leaf leaves berry berries mushroom* honey silver iodine oxygen gas cannabis
    weed* take takes taken taking use uses used using apply applied applies swallow* chew* suck* insert* relaxant* sedati* stimulant* product
    substance something stuff bottle jar acid acids insulin* jelly jellies gum gums lozenge* *softener* flax coke epo hrt gnrh rtpa pep prep
    """.split()
"""What something that is taken may be called; ``*`` stands for any letters."""
_CLASSES = """
    analgesic* *dilator* *lytic* nsaid nsaids *agonist* local-anesthetic* local-anaesthetic* sleep-aid* sleeping-aid* catecholamine*
    glycosaminoglycan* *statin *statins opioid* *cillin* *sporin* *cycline* *mycin decongest* expector* hypnotic* anxiolytic* tranquil*
    amphetamine* heroin fluoride thyroid *corticoid* immunosupp* immunostim* immunoglob* diuretic* gonadotrop* surfactant psychoactive hallucin*
    ppi ppis ssri ssris immunother* desensiti* allergen* *toxin* botulin* interferon* *globulin* serum* venom* biologic* dmard* detox* enzyme* nutrition*
    formula* thickener* milk shake* drink drinks drip drips course courses
    """.split()
"""Classes of drugs, whose names stand among the words of remarks too."""
_CHANGED = """
    stop* hold withh* restart* re-start* resum* continu* reduc* increas* doubl* halv* switch* swap* omit* skip* ceas* finish* titrat* taper* wean*
    start* commenc* change-to changed-to changing-to
    """.split()
"""What may change something that is taken: "stop before the scan" is said of the item above."""
_MAY_BE_TAKEN = regex(
    rf"\b(?:{'|'.join(each.replace('-', '[ -]?').replace('*', '[a-z]*') for each in (*_TAKEN, *_CLASSES, *_CHANGED))})\b",
    re.I,
)
_NEVER_TAKEN = regex(
    r"\b(?:inhaler\stechnique|coil(?=\s(?:check|change|removal|due|review))|medic\s?alert|(?:stool|urine|blood)\ssamples?|clear\sliquids?|anti(?:gen|social)s?)\b",
    re.I,
)
"""Words of what is taken that are none where they stand so."""
_WORD = regex(r"[A-Za-z]+(?:['’][a-z]+)?")
_BY_ENDING = regex(r"[a-z]{2,}(?:olog(?:y|ist)|oscopy|ectomy|otomy|ostomy|plasty|iatr(?:y|ist|ics?)|opaedics?)")
"""Words of clinics and procedures, by their ending; no medicine is called so."""
_NOTHING = regex(
    r"(?:no|nil|none|not\son\sany)\s(?:(?:current|other|regular|usual|routine|new|known|home|prescribed|long[\s-]term|over-the-counter|otc|"
    r"facility-administered)\s){0,3}(?:medications?|medicines?|meds|tablets|drugs?)"
    r"(?:\s(?:at\shome|currently|on\sfile|taken|reported|listed|recorded)(?:\s[a-z]+){0,5})?\W*|nil\s(?:regular|known)\W*",
    re.I,
)


def note_of_care(line: str) -> bool:
    """Whether all words of a line are those of a note of care, and none could be something taken, or a change of it."""
    plain = _TIMES.sub(" ", _NEVER_TAKEN.sub("review", _SHORT.sub("follow up", line)))
    if _MAY_BE_TAKEN.search(plain):
        return False
    if _SOCIAL.search(plain):
        plain = _HOW_OFTEN.sub(" ", plain)
    if any(each.isdigit() for each in plain):
        return False
    said = [word.lower().replace("’", "'").removesuffix("'s") for word in _WORD.findall(plain)]
    known = remark_list.words()
    care = [word for word in said if word in CARE or _BY_ENDING.fullmatch(word)]
    return bool(care) and all(word in care or word in _AROUND or word in known for word in said)


def takes_nothing(line: str) -> bool:
    """Whether a line says that nothing is taken ("Nil regular medications", "No medications on file")."""
    return _NOTHING.fullmatch(line) is not None
