"""The vocabulary of the sig language: exact words and phrases → (token kind, value). Data, no behaviour.

A word that is not here is no word of the language: it is reported, never guessed at. Kinds are short
strings; what each kind may begin is said in the productions of :mod:`doseref.dosage.parser` and its
neighbours. Words are lower case, hyphens between letters and dots inside abbreviations are gone.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from doseref import units
from doseref.dosage.reasons import REASON_HEADS

LexiconEntry = tuple[str, Any]

LEXICON: dict[str, LexiconEntry] = {}
"""One word (or one sign) → (kind, value). Kind ``""`` is a word without meaning that is dropped."""

PHRASES: dict[str, list[tuple[int, list[str], str, Any]]] = {}
"""First word → phrases that begin with it, longest first: (number of words, the other words, kind, value)."""


def _each(kind: str, value: Any, words: str) -> None:
    for word in words.split("|"):
        parts = word.split()
        if len(parts) == 1:
            LEXICON[word] = (kind, value)
        else:
            PHRASES.setdefault(parts[0], []).append((len(parts), parts[1:], kind, value))


def _numbers() -> None:
    names = "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty"
    for value, word in enumerate(names.split("|")):
        LEXICON[word] = ("NUM", Decimal(value))
    for value, word in zip(
        range(30, 100, 10), "thirty|forty|fifty|sixty|seventy|eighty|ninety".split("|"), strict=True
    ):
        LEXICON[word] = ("NUM", Decimal(value))
    for signs, value_text in (("½", "0.5"), ("¼", "0.25"), ("¾", "0.75"), ("⅛", "0.125"), ("⅕", "0.2")):
        LEXICON[signs] = ("FR", Decimal(value_text))
    _each("HALF", Decimal("0.5"), "half|one half|a half")
    _each("HALF", Decimal("0.25"), "quarter|one quarter|a quarter|one fourth")
    _each("HALF", Decimal("0.75"), "three quarters|three quarter|three fourths")
    _each("MILL", Decimal(1000), "thousand")
    _each("MILL", Decimal(100), "hundred")
    _each("MILL", Decimal(10) ** 6, "million|millions|mio|mill")
    _each("MILL", Decimal(10) ** 9, "billion|billions|bn")
    _each("ROMAN", Decimal(1), "i")
    _each("ROMAN", Decimal(2), "ii")
    _each("ROMAN", Decimal(3), "iii")
    _each("A", Decimal(1), "a|an")


def _units() -> None:
    forms = {
        "tablet",
        "capsule",
        "patch",
        "suppository",
        "lozenge",
        "sachet",
        "film",
        "gummy",
        "pessary",
        "enema",
        "implant",
        "strip",
    }
    for word, code in units.UNIT_WORDS.items():
        kind = "C" if code.startswith("{") and code != "{cells}" else "U"
        _each(kind, code, word.replace("-", " "))
    for code in forms:
        FORM_OF["{" + code + "}"] = code
    for word, ml in units.HOUSEHOLD_ML.items():
        _each("HH", ml, word)
    _each("HH", Decimal(5), "5ml spoonful|5ml spoonfuls|5ml spoonsful|medicine spoon|medicine spoons")
    _each("C", "{dose}", "{dose}|dose|doses|administration|administrations")
    _each("C", "{spoonful}", "spoonful|spoonfuls|spoon|spoons|spoonsful")
    _each(
        "C",
        "{tablet}",
        "tablet s|tablet ( s )|tab ( s )|tablets ( s )|chewable tablet|chewable tablets|film coated tablet|film coated tablets",
    )
    _each(
        "C",
        "{capsule}",
        "cap ( s )|capsule ( s )|soft gel|soft gels|liquid filled capsule|liquid filled capsules|gel cap|gel caps",
    )
    _each("C", "{puff}", "puff ( s )")
    _each("C", "{drop}", "drop ( s )|gutt|gutta|guttae")
    _each("C", "{patch}", "patch ( es )")
    _each("C", "{pill}", "pill ( s )")
    _each("U", "[IU]", "unit ( s )|international unit|international units|usp units|usp unit")
    _each("U", "%", "per cent")
    _each("U", "[CFU]", "colony forming units|colony forming unit")
    for words, code in (
        ("second|seconds|sec|secs", "s"),
        ("minute|minutes|min|mins", "min"),
        ("hour|hours|hr|hrs|h|hour ( s )|hr ( s )", "h"),
        ("day|days|d|dy|dys|day ( s )", "d"),
        ("week|weeks|wk|wks|w|week ( s )", "wk"),
        ("month|months|mo|mos|mth|mths|month ( s )", "mo"),
        ("year|years|yr|yrs|annum", "a"),
    ):
        _each("T", code, words)


DEVICES = tuple(
    "hfa solostar flexpen flextouch kwikpen penfill innolet flexpro respimat diskus accuhaler turbuhaler turbohaler "
    "odt ellipta handihaler evohaler easyhaler respiclick redihaler autohaler".split()
)
"""Words for the device or propellant that a product comes in: they change nothing of what it holds or how it is taken."""

FORM_OF: dict[str, str] = {}
"""Count unit → dosage form it names; units that name no form (puff, drop, dose) are absent."""


def _timing() -> None:
    one = Decimal(1)
    _each("ONCE", one, "once|one time|once only|one time only")
    _each("ONCE", Decimal(2), "twice")
    _each("ONCE", Decimal(3), "thrice")
    for value, word in enumerate("second|third|fourth|fifth|sixth".split("|"), 2):
        _each("ORDN", Decimal(value), word)
    _each("ORD", None, "st|nd|rd|th")
    _each("APART", None, "apart")
    _each("OTHER", None, "other|alternate|alternating")
    for words, times in (("bid|bd|bds|b i d", 2), ("tid|tds|td|t i d", 3), ("qid|qds|q i d", 4), ("qd|q d|od", 1)):
        _each("FREQ", ("times", Decimal(times), one, "d"), words)
    _each(
        "FREQ",
        ("times", Decimal(1), one, "d"),
        "qday|quaque die|every day|everyday|each day|once a day|once every day|every 1 day|q day|per diem",
    )
    _each(
        "FREQ",
        ("times", Decimal(1), one, "wk"),
        "on the same day each week|on same day each week|same day each week|on the same day every week|the same day every week|the same day each week|qwk|qw|qweek|every week|each week|every 7 days|q week|every seven days|every 1 week",
    )
    _each("FREQ", ("times", Decimal(1), one, "mo"), "qmonth|qmo|every month|each month|q month|every 1 month")
    _each("FREQ", ("times", Decimal(1), one, "a"), "every year|each year|every 1 year|qyear")
    _each("FREQ", ("times", Decimal(2), one, "wk"), "biw")
    _each("FREQ", ("times", Decimal(3), one, "wk"), "tiw")
    _each("FREQ", ("times", Decimal(5), one, "d"), "5xd")
    _each(
        "FREQ",
        ("every", Decimal(2), one, "d"),
        "qod|eod|q o d|every other day|alternate days|on alternate days|alternate day|every alternate day|alternating days|on alternating days|q other day|qad|each other day",
    )
    _each(
        "FREQ",
        ("every", Decimal(2), one, "wk"),
        "fortnightly|every fortnight|every other week|alternate weeks|on alternate weeks|qow|eow|q other week",
    )
    _each("FREQ", ("every", Decimal(2), one, "mo"), "every other month|alternate months")
    _each("FREQ", ("every", Decimal(3), one, "mo"), "quarterly|every quarter")
    _each("FREQ", ("every", Decimal(6), one, "mo"), "semiannually|semi annually|half yearly")
    _each("FREQ", ("every", Decimal(1), one, "h"), "hourly|every hour|qh|qhr|q h|each hour|every 1 hour")
    _each("VAGUE", None, "biweekly|bi weekly|bimonthly|bi monthly|biannually|bi annually|semiweekly")
    _each("ADV", "d", "daily|dly")
    _each("ADV", "wk", "weekly")
    _each("ADV", "mo", "monthly")
    _each("ADV", "a", "yearly|annually")
    _each("EVERY", None, "every|each|q|any")
    _each("CHANGE", None, "change|changed|replace|replaced|renew|renewed|swap|rotate")
    _each("TIMES", None, "times|time|x's|xs|time ( s )")
    _each("X", None, "x")
    _each("HLY", "h", "hly|hrly|h'ly")
    LEXICON["hourly"] = ("FREQ", ("every", Decimal(1), one, "h"))
    _each("PER", None, "per")
    _each(
        "DIV",
        None,
        "in divided doses|divided doses|divided|div|split|shared|spread|split up|divided up|to be divided|to be split|in equally divided doses|equally divided doses|in divided dose|in equal doses|in split doses|split doses",
    )
    _each(
        "ALLDAY",
        None,
        "combined|total daily dose|total daily dose of|total daily|in total daily|daily total|daily total of|total dose per day|total dose per day of",
    )
    for words, codes in (
        (
            "in the morning|in morning|mornings|morning|mane|om|qam|q am|am|in am|in the mornings|each morning|every morning|every am|in the am|with the morning|o m",
            "MORN",
        ),
        ("at noon|noon|midday|at midday|at mid day|lunchtime at noon", "NOON"),
        ("in the afternoon|afternoon|afternoons|in afternoon|every afternoon|each afternoon", "AFT"),
        (
            "in the evening|in evening|evening|evenings|eve|qpm|pm|in pm|in the evenings|every evening|each evening|every pm|in the pm|q pm|vesper",
            "EVE",
        ),
        (
            "at night|at nite|nightly|nocte|night|nights|qnight|qn|every night|each night|in the night|at nighttime|nighttime|night time|at night time|every nite|noct|at nights|o n|q noc|q night",
            "NIGHT",
        ),
        (
            "at bedtime|bedtime|hs|qhs|before bed|before bedtime|at bed time|bed time|q hs|every bedtime|each bedtime|every night at bedtime|nightly at bedtime|each night at bedtime|at night before bed|before sleep|at hs|before going to bed|when going to bed|on retiring|every night before bed|every night before bedtime|at night at bedtime|before sleeping|at hour of sleep|hour of sleep",
            "HS",
        ),
        (
            "on waking|upon waking|on awakening|upon awakening|when waking up|on rising|upon rising|on waking up|when you wake up",
            "WAKE",
        ),
    ):
        _each("WHEN", (codes,), words)
    _each(
        "WHEN",
        ("MORN", "EVE"),
        "every morning and evening|each morning and evening|morning and evening|in the morning and evening|qam and qpm|am and pm|am / pm",
    )
    _each(
        "WHEN",
        ("MORN", "NIGHT"),
        "morning and night|every morning and night|in the morning and at night|in the morning and night",
    )
    _each("WHEN", ("AC",), "ac|qac|a c")
    _each("WHEN", ("PC",), "pc|qpc|p c")
    _each("WHEN", ("AC", "HS"), "achs|ac hs|qachs")
    _each("WHEN", ("ACM",), "bbf|before bf")
    _each("WHEN", ("PCM",), "abf|after bf")
    _each(
        "MEAL",
        "",
        "main meal|main meals|meal|meals|food|mealtime|mealtimes|a meal|snack or meal|foods|eating|milk or food|food or milk|meal ( s )|meals or snacks|meal or snack",
    )
    _each(
        "WHEN",
        ("C",),
        "at mealtimes|at mealtime|at meals|at meal times|with meal times|cibus|wm|c c|during meals|during meal",
    )
    _each("MEAL", "M", "breakfast|morning meal|the morning meal|first meal of day")
    _each("ANEXT", None, "at a time|at one time|at any one time|at once in one dose")
    _each("MEAL", "D", "lunch|midday meal|noon meal|lunchtime")
    _each("MEAL", "V", "dinner|supper|evening meal|tea|dinnertime|suppertime")
    _each("BEFORE", "AC", "before|prior to|ahead of")
    _each("AFTER", "PC", "after|following")
    _each("WITH", "C", "with|w|w /|c̄|along with|together with")
    for code, words in {
        "mon": "monday|mondays|mon", "tue": "tuesday|tuesdays|tue|tues", "wed": "wednesday|wednesdays|wed|weds",
        "thu": "thursday|thursdays|thu|thur|thurs", "fri": "friday|fridays|fri", "sat": "saturday|saturdays|sat", "sun": "sunday|sundays|sun",
    }.items():  # fmt: skip
        _each("DAYW", (code,), words)
    _each("DAYW", ("mon", "tue", "wed", "thu", "fri"), "weekdays|on weekdays|every weekday")
    _each(
        "DAYW",
        ("mon", "wed", "fri"),
        "mwf|m / w / f|m , w , f|m w f|m - w - f|mo / we / fr|mo , we , fr|mon wed fri|mowefr",
    )
    _each(
        "DAYW",
        ("tue", "thu", "sat"),
        "tu / th / sa|tu , th , sa|t / th / s|tuthsa|tths|tu th sa|tu - th - sa|t - th - s|t / th / sat",
    )
    _each(
        "DAYW", ("tue", "thu", "sat", "sun"), "tu / th / sa / su|tu , th , sa , su|t / th / s / su|t / th / sat / sun"
    )
    _each("DAYW", ("tue", "thu"), "tu / th|t / th|tu , th|tuth|tth|t - th")
    _each(
        "DAYW",
        ("rest",),
        "all other days|on all other days|other days|on other days|the other days|on the other days|all the other days|on all the other days|"
        "the rest of the week|rest of the week|rest of week|remaining days|the remaining days|on remaining days|on the remaining days|all remaining days|"
        "other days of the week|all other days of the week|on other days of the week|every other day of the week",
    )
    _each("DAYW", ("sat", "sun"), "sa / su|sa , su|weekends|at weekends|on weekends")
    _each("AMPM", "am", "a m|a.m")
    _each("STAT", None, "stat|immediately|now|at once|straight away|right away")
    _each(
        "SINGLE",
        None,
        "single dose|as a single dose|single|one off dose|one time dose|one off|as a one off dose|as a one off|as a one time dose|as single dose|as a once only dose|as one dose|one single dose|a single|in a single dose|in one dose|in 1 dose",
    )
    _each("REPEAT", None, "may repeat|repeat|can repeat|may be repeated|can be repeated|repeated")


def _around() -> None:
    for route, words in {
        "oral": "by mouth|through the mouth|orally|oral|po|per os|p o|per oral|via mouth|through mouth|orl|via oral route|by oral route|by the oral route",
        "sublingual": "sublingually|sublingual|sl|under tongue|under the tongue|s l|subling",
        "buccal": "buccally|buccal|inside cheek|between cheek and gum|in the cheek",
        "intravenous": "intravenously|intravenous|iv|ivp|ivpb|i v|into a vein|into vein|iv push|iv bolus|iv infusion",
        "intramuscular": "intramuscularly|intramuscular|im|i m|into a muscle|into the muscle|into muscle",
        "subcutaneous": "subcutaneously|subcutaneous|sc|sq|subcut|subq|sub q|s c|s q|under the skin|under skin|sub cut|subcu|subcutan|s / c|sub cutaneously|sub cutaneous",
        "topical": "topically|topical|top|to skin|to the skin|on the skin|on skin|onto the skin|onto skin",
        "transdermal": "transdermally|transdermal|td patch",
        "rectal": "rectally|rectal|per rectum|p r|into the rectum|in the rectum|into rectum|pr",
        "vaginal": "vaginally|vaginal|pv|per vagina|intravaginally|intravaginal|into the vagina|in the vagina|into vagina|p v",
        "inhalation": "by inhalation|into lungs|into the lungs|inhaled|inh|inhalationally|via inhaler|via inhalation|via nebulizer|via nebuliser|by nebulizer|by nebuliser|by nebulization|by nebulisation|via nebulization|via nebulisation|nebulized|nebulised|via spacer|neb|nebs",
        "nasal": "nasally|nasal|intranasally|intranasal|via nose|in the nose|into the nose|into nose",
        "ophthalmic": "ophthalmically|ophthalmic|ophth|intraocular",
        "otic": "otically|otic|aural",
        "epidural": "epidurally|epidural",
        "intradiscal": "intradiscally|intradiscal",
        "intra-articular": "intraarticularly|intraarticular|intra articularly|intra articular",
        "perineural": "perineurally|perineural|peri neural",
        "intrathecal": "intrathecally|intrathecal",
        "intradermal": "intradermally|intradermal",
        "local": "locally",
        "percutaneous": "percutaneously|percutaneous",
        "enteral": "via ng tube|via peg|via peg tube|by ng tube|per ng|via g tube|by g tube|per g tube|per peg tube|per ng tube|via ng|enterally|via feeding tube|per peg|via gastrostomy tube",
    }.items():
        _each("ROUTE", route, words)
    _each("ROUTE", "injection", "injected|by injection|inject|via injection")
    for release, words in {
        "ER": "er|xr|xl|sr|cr|la|mr|xt|extended release|sustained release|controlled release|modified release|prolonged release|slow release|long acting|retard|extended rel|12 hr|12 hour release|24 hr|24 hour release|time release|timed release|cd",
        "IR": "ir|immediate release|fast release|quick release|normal release",
        "DR": "dr|delayed release|gastro resistant|gastroresistant|gr",
        "EC": "ec|enteric coated|enteric",
    }.items():
        _each("REL", release, words)
    for form in "cream|gel|ointment|lotion|syrup|suspension|solution|elixir|liquid|foam|shampoo|paste|granules|emulsion|linctus|mouthwash|inhaler|nebules|oil|tincture|concentrate|effervescent|drink".split(
        "|"
    ):
        _each("FORM", form, form)
    _each("FORM", "suspension", "susp")
    _each("FORM", "tablet", "chewable|chewables")
    _each("FORM", "syrup", "syp|syr|syrp")
    _each("FORM", "solution", "soln|nebulizer solution|nebuliser solution|injectable solution")
    _each("FORM", "ointment", "oint|ung")
    _each("FORM", "powder", "powder|powders|powder packet")
    _each("FORM", "drops", "eye drops|ear drops|nasal drops|oral drops")
    _each("FORM", "infusion", "infusion|infused|infuse")
    for method, words in {
        "take": "take|takes|taken|taking|to take|tk|to be taken|please take|should take|must take|sig :|sig|start taking|patient to take|rx",
        "swallow": "swallow|swallowed|chew and swallow",
        "apply": "apply|applied|to be applied|rub|rub in|massage|use thinly|apply sparingly|apply thinly|appl",
        "inject": "inject|inj|to be injected|injecting",
        "inhale": "inhale|to be inhaled|breathe in",
        "instill": "instill|instil|to be instilled|put|place",
        "insert": "insert|to be inserted",
        "chew": "chew",
        "crush": "crush|crushed|may crush|may be crushed|crush tablet|crush tablets|crush tablet and take|crush and take|crush and give|crushed and given|crush and mix",
        "dissolve": "dissolve|let dissolve|dissolved|mix",
        "spray": "spray into",
        "give": "give|given|administer|administered|to be given|to be administered",
        "use": "use|used|to be used|using|utilize",
        "wash": "wash|cleanse|lather",
        "rinse": "rinse|gargle|swish and spit|swish and swallow",
        "drink": "drink|sip",
        "wear": "wear|worn|leave on|leave in place|keep on|left on|leave patch on|leave",
        "suck": "suck",
    }.items():
        _each("TAKE", method, words)


def _flow() -> None:
    _each(
        "PRN",
        None,
        "prn|ad lib|ad libitum|as needed|when needed|if needed|as required|when required|if required|if necessary|when necessary|as necessary|p r n|only if needed|only when needed|only as needed|pro re nata|sos|s o s|on an as needed basis|as and when required|as and when needed|when and if needed|on demand|as need|as reqd|if reqd|when reqd|as needed only|only when required|only if required|only if necessary|on as needed basis|as needed basis|only if you need it|if you need it|if you need|when you need it|only when you need it|if you need to|as you need it|as you need|only as required|as and if required|as and when necessary|as and if needed|when required only|if required only|for prn use|prn use|as needed use",
    )
    _each(
        "MAX",
        None,
        "max|maximum|not to exceed|do not exceed|no more than|not more than|no more often than|not more often than|no more frequently than|not more frequently than|nte|never more than|do not take more than|up to a maximum of|to a maximum of|to a max of|up to a max of|maximum of|max of|max dose|maximum dose|max dose of|maximum dose of|at most|must not exceed|should not exceed|don't exceed|don't take more than|do not use more than|do not exceed more than|never exceed|not exceeding|without exceeding|limit to|limit|limited to|do not take any more than|mdd of|and no more than|to max|up to max|not to take more than|with a maximum of|with maximum of|with a max of|maximal|not >|do not use for more than|do not take for more than|not for more than|for no more than|for not more than|no longer than|not longer than|for no longer than|for not longer than|do not use for longer than|do not take for longer than|do not use longer than|do not exceed more than|no more|do not use more|do not take more|but not more than|but no more than|but not exceeding|but do not exceed|but not to exceed|but max|but maximum|but never more than|for maximum|for max|for a maximum of|for a maximum|for a max of|for maximum of",
    )
    _each(
        "MAXD",
        None,
        "total daily dose not to exceed|daily dose not to exceed|total dose not to exceed daily|total daily dose should not exceed|do not exceed a total daily dose of|not to exceed a total daily dose of|maximum total daily dose|max total daily dose|maximum total daily dose of|max daily dose|maximum daily dose|max daily amount|maximum daily amount|max daily amt|max daily|maximum daily|mdd|daily max|daily maximum|max daily dose of|maximum daily dose of|max / day|max per day|maximum per day|daily limit|max in 24 hours|maximum in 24 hours|max in 24h|max in 24 hrs|not to exceed daily dose of|max / 24h|max / 24 hours",
    )
    _each("MAX1", None, "max single dose|maximum single dose|max single dose of|maximum single dose of|single max")
    _each("UPTO", None, "up to|upto|as many as|as much as")
    _each("LE", None, "≤|<=|<|less than|below|under|fewer than")
    _each(
        "TITR",
        "up",
        "titrate to|titrate up to|titrate slowly to|titrate as needed to|titrated to|may increase to|may be increased to|can increase to|can be increased to|increase to|increasing to|increased to|titrate slowly up to|uptitrate to|up titrate to|may titrate to|gradually increase to|increase gradually to|increase slowly to|slowly increase to|titrate gradually to|may increase up to|increase up to|increase if needed to|may increase if needed to|increase as needed to|may titrate up to|titrate upward to|titrate upwards to|titrating to|titrating up to|raise to|may raise to|increase dose to|may increase dose to|increase the dose to|increase as tolerated to|titrate as tolerated to|titrate to effect up to|increase as tolerated up to|may increase as needed to|can titrate to|then titrate to|titration to|may go up to|target|target dose|target dose of|target of|titrate to a target of|titrate to target dose of|increasing up to|increasing gradually to|may go to|can go to|go up to|may be raised to|can go up to|may be increased up to|can increase up to|if tolerated increase to|if needed increase to|may be titrated to|can be titrated to|work up to|build up to",
    )
    _each(
        "TITRDN",
        "down",
        "decrease to|reduce to|decreasing to|reducing to|taper to|tapering to|taper down to|decrease dose to|reduce dose to|lower to|step down to|may decrease to|may reduce to|wean to|decreased to|reduced to|tapered to|reduce the dose to|decrease the dose to",
    )
    _each(
        "STEPBY",
        "up",
        "increase by|increase dose by|increasing by|may increase by|titrate by|increase the dose by|titrate up by|increased by|can increase by|raise by|titrate in steps of|increase in steps of|increase in increments of|in increments of|up by|may increase dose by|then increase by|may be increased by|can be increased by|titrate upward by|go up by|add",
    )
    _each(
        "STEPBY",
        "down",
        "decrease by|reduce by|taper by|decreasing by|reducing by|decrease dose by|reduce dose by|reduce the dose by|decrease the dose by|lower by|tapering by|wean by|down by|cut by|then decrease by|then reduce by|taper down by|reduce in steps of|step down by|decreased by|reduced by|in decrements of",
    )
    _each(
        "TAPER",
        None,
        "taper|tapering|tapered|tapering dose|tapering doses|taper dose|tapering course|taper off|wean|wean off|dose taper|taper down|in tapering doses|with tapering doses|with taper|with tapering dose|as taper|reducing dose|reducing course|decreasing doses|in decreasing doses|tapering schedule|dose pack|gradually reduce|gradually taper|and taper|then taper",
    )
    _each(
        "THEN",
        None,
        "then|and then|followed by|thereafter|afterwards|afterward|after that|subsequently|then continue with|then continue|next|then after that|from then on|and continue with|then maintain on|then maintenance of|then maintenance|then maintenance dose of|maintenance dose of|maintenance dose|maintenance|and thereafter|then maintain at|followed with|before switching to",
    )
    _each("CONT", None, "onwards|onward|and onwards|and on|on wards|and beyond")
    _each("REMOVE", None, "remove|removed|then remove|take off|and remove")
    _each(
        "DISP",
        None,
        "disp|dispense|dispensed|qty|quantity|mitte|disp :|quantity :|refills|refill|rf|refills :|disp qty|m :|supply|rfl|rfls|repeats|rpts",
    )
    _each("PERIOD", None, "period|cycle|cycles")
    _each("OR", None, "or|alternatively|or alternatively|or else|and or|and / or")
    _each("AND", "day", "and on the same day|and the same day|and later the same day|and later on the same day")
    _each("AND", None, "and|et|&|plus|also|as well as")
    _each("PLUS", None, "+")
    _each("TO", None, "to|til|thru|through")
    _each("BETWEEN", None, "between|from")
    _each(
        "FOR",
        None,
        "for|over|for total of|for a total of|over a period of|for a period of|for the next|over the next|for the first|during|for a course of|for next|for first|for duration of|duration|duration :|over total of",
    )
    _each(
        "UNTIL",
        "finished",
        "until finished|until gone|until all gone|until complete|until completed|till finished|until the course is finished|until all taken|until all finished|until course complete|until course completed|until supply is finished|until finish|til gone|till gone|until course finished|until empty|to completion|until used up",
    )
    _each("UNTIL", "", "until|till|'til")
    _each(
        "COURSE",
        None,
        "course|short course|treatment course|treatment|short term|in short course|as a short course|a course of|short term use|short term only",
    )
    _each(
        "INIT",
        None,
        "initially|initial|initial dose|start|start with|starting|starting dose|start at|begin|begin with|starting at|starting with|to start|loading dose|loading|loading dose of|load|load with|initial dose of|starting dose of|at first|to begin with|first|start on|first dose|as loading dose|as a loading dose|begin at",
    )
    _each("AT", None, "at|@")
    _each("AWAKE", None, "while awake|when awake|during waking hours|while you are awake|while you 're awake|w/a|w.a.")
    _each("ON", None, "on")
    _each("IN", None, "in|within")
    _each("INTO", None, "into|onto|near|around|inside|across|along|behind|beside")
    _each("OF", None, "of|containing")
    _each("ARROW", None, "→|->|⇒|➔|➜|>>|-->|=>")
    _each("COMMA", None, ",")
    for sign in '.;:!\n|•·…?"':
        LEXICON[sign] = ("STOP", None)
    _each("BAD", "a sign of doubt", "? ?")
    _each("LP", None, "(|[|{")
    _each("RP", None, ")|]|}")
    _each("DASH", None, "-")
    _each("SLASH", None, "/")
    _each("HASH", None, "#|no .|nr|number")
    _each(
        "EQ",
        None,
        "=|equals|equal to|equivalent to|i e|ie|total of|for total dose of|for a total dose of|total dose of|total dose|= total|makes|equivalent",
    )
    _each("TOTAL", None, "total|in total|altogether|in all|overall")
    _each("EACHW", None, "apiece|ea|strength|strengths")
    _each("SERIES", None, "series of|series|a series of|course of|in a series of")
    _each(
        "STOPIT",
        None,
        "to zero|to nil|down to zero|until zero|until off|until stopped|then stop|and stop|then discontinue|then off|then d / c|and discontinue|then dc|then cease|and then stop|and then discontinue",
    )
    _each("HOLD", None, "off|break|rest|pause|free|no patch|patch free|none")
    _each(
        "NEG",
        None,
        "stopped|discontinued|held|avoided|refused|refuses|declined|ceased|suspended|paused|withheld|withdrawn|cancelled|canceled|allergic|allergy|intolerant|intolerance|previously|formerly|was|were|omitted|skipped|failed|do not|not|never|no|stop|hold|avoid|skip|except|unless|instead|don't|dont|discontinue|omit|withhold|contraindicated|missed|without|cease|nil|neither|nor|cannot|can't|minus|excluding|but|more|fewer|extra|an extra|additional|an additional|excluding|double|triple|additionally|less",
    )
    LEXICON.update(
        dict.fromkeys(
            "the|your|please|his|her|their|about|approximately|approx|route|usually|typically|typical|usual|adults|adult|patient|patients|dosage|just|~|up|only|exactly|may|can|be|should|must|will|frequency|directions|instructions|equal|standard|normally|generally".split(
                "|"
            ),
            ("", None),
        )
    )
    _each(
        "POP",
        None,
        "children|child|kids|infants|infant|pediatric|paediatric|neonates|elderly|toddlers|pregnancy|pregnant|renal|hepatic",
    )
    _each("", None, "continue|resume|restart|continue to|continue with|continue taking")
    _each("IF", None, "if|when")
    _each("BY", None, "by")
    _each("ONLY", None, "only")
    _each("STAR", None, "*")
    _each("GT", None, ">|>=|≥|greater than|above|over temp|at least")
    _each("WATER", None, "water|juice|milk|fluid|fluids|beverage")
    _each("OZ", None, "oz|ounce|ounces|glass|cup|glasses|cups|fl oz")
    _each(
        "RAISE",
        "up",
        "titrate|titrating|titrated|increase|increasing|increased|uptitrate|raise|raising|uptitrated|up titrate",
    )
    _each("RAISE", "down", "decrease|decreasing|reduce|reducing|lower|decreased|reduced")
    _each("UPWARD", None, "upward|upwards|downward|downwards|further")
    _each("", None, "as a|as an|in any case|contents of|the contents of|contents")
    _each("", None, "|".join(DEVICES))
    _each(
        "",
        None,
        "bridge|bridging|cfc free|mdi|pmdi|dpi|sugar free|gluten free|dye free|preservative free|pf|alcohol free|unit dose|metered dose|dry powder|aero|aers|aepb|aerb|hfaa|"
        "inpn|sopn|sosy|soaj|sytg|ptsk|injector pen|prefilled pen|prefilled syringe|pre filled pen|pre filled syringe|disposable pen|insulin pen|pen injector|"
        "autoinjector|auto injector",
    )
    for release, words in {
        "ER": "tb24|tb12|tbcr|tber|cp24|cp12|cpcr|cper|t24a|tb3d",
        "EC": "tbec|tbef",
        "DR": "cpdr|cpep|tbdr",
    }.items():
        _each("REL", release, words)
    for code, words in {"{tablet}": "tbdp|tbso|tbpk|subl|chew tab|chew tabs", "{patch}": "pt24|pt72|ptwk|pttw"}.items():
        _each("C", code, words)
    _each("FORM", "cream", "crea")
    _each("FORM", "ointment", "oint")
    _each("FORM", "suspension", "susr|susp recon")
    _each("FORM", "solution", "nebu|inhalation solution|inhalation soln|conc")


def _notes() -> None:
    """Words that are understood, carry nothing a dosage holds, and may stand anywhere."""
    _each(
        "NOTE",
        None,
        "as directed|as instructed|as prescribed|as indicated|use as directed|take as directed|as directed by your doctor|as directed by physician|as directed by your physician|as directed by prescriber|as advised|per instructions|per package instructions|as per instructions|as per plan|ud|utd|ut dict|u d|as told",
    )
    _each(
        "NOTE",
        None,
        "black pepper|black pepper extract|with or without food|with or without meals|with or without a meal|regardless of meals|with or without regard to meals|without regard to meals|without regard to food|irrespective of food|irrespective of meals|regardless of food|with/without food|with / without food|on an empty stomach|on empty stomach|empty stomach|without food|w / o food|w / o regard to food|w / o meals",
    )
    _each(
        "NOTE",
        None,
        "with water|with a glass of water|with full glass of water|with a full glass of water|with plenty of water|with plenty of fluid|with plenty of fluids|with milk|with juice|with fluids|with liquid|with a large glass of water|with a drink of water|with 8 oz of water|with a little water|in water|in a glass of water|with lots of water",
    )
    _each(
        "NOTE",
        None,
        "on the same day of the week|each time|every time|on each occasion|at each time|each occasion|swallow whole|swallowed whole|whole|do not crush|do not chew|do not crush or chew|do not chew or crush|do not break|do not split|do not crush , chew or split|do not crush , chew , or split|do not crush chew or split|do not split or crush|do not split , crush or chew|do not split , crush , or chew|do not cut or crush|do not cut , crush or chew|do not crush or split|do not crush or break|do not open|do not open or crush|do not crush or open|shake well|shake well before use|shake before use|shake well before using|shake bottle well|may cause drowsiness|may cause dizziness|do not drive|avoid alcohol|do not drink alcohol|no alcohol|keep refrigerated|refrigerate|discard remainder|do not stop abruptly|do not stop suddenly|rinse mouth after use|rinse mouth after each use|wash hands after use|wash hands after each use|wash your hands after use|with caution|do not lie down for 30 minutes|remain upright for 30 minutes|swallow whole with water",
    )
    _each(
        "NOTE",
        None,
        "sparingly|thinly|generously|liberally|thin layer|a thin layer|thin film|a thin film|small amount|a small amount|pea sized amount|a pea sized amount|as a thin layer|slowly|gently|gradually|evenly|freely|well|regularly|continuously|consistently|same time|same time each day|same time every day|at same time each day|at same time every day|at the same time each day|at the same time every day|around the clock|atc|round the clock|long term|ongoing|indefinitely|for maintenance|regular|as maintenance|steady",
    )
    _each(
        "NOTE",
        None,
        "e g|e.g|eg|based on response|according to response|depending on response|as tolerated|if tolerated|based on response and tolerability|per response|by response|as response|to effect|as per response|depending on severity|depending on pain|guided by response|under supervision|under medical supervision|typical range|per label|for adults|in adults|adults :|for adult|weekly dispensing|dispense weekly|dispensed weekly|weekly dispense|weekly blister pack|dispense daily|dispensed daily|daily dispensing|supervised consumption|supervised|in blister pack|blister pack|no refills|nil repeats|no repeats|nil rpts|no rpts|nil rpt|0 repeats|0 refills|zero refills|dispense monthly|supply weekly|supplied weekly|issue weekly|daily pickup|daily pick up|please dispense weekly|in weekly packs|weekly pack",
    )
    _each(
        "NOTE",
        None,
        "with d|with d3|with vitamin d|with vitamin d3|plus d|plus d3|plus vitamin d|as per inr|per inr|by inr|according to inr|adjust to inr|adjusted to inr|with spacer|with a spacer|use with spacer|use spacer|using spacer|at onset|at onset of migraine|at onset of headache|at migraine onset|at the onset of migraine|from all sources|from all products|including other products|if no side effects|if no side effect|if tolerated well|if well tolerated|when tolerated|if not effective|if no relief|if no response|if ineffective|if no improvement|if insufficient|if inadequate response|if needed and tolerated|if response inadequate|provided no side effects|when no side effects|if no adverse effects|if side effects allow|depending on tolerance|depending on tolerability|depending on need|according to need",
    )
    _each(
        "NOTE",
        None,
        "lifelong|life long|for life|scheduled|otc|over the counter|new|home med|home medication|unchanged|no change|no changes|own supply|as per protocol|"
        "as directed by md|or as directed by md|or as directed by prescriber|or as directed by your doctor|or as directed by provider|as directed by provider|"
        "after taking|after taking this|after taking it|when taking this|while taking this|while taking this medicine|while taking this medication|after applying",
    )
    _each(
        "COND",
        None,
        "if symptoms persist|if pain persists|if pain not controlled|if pain is not controlled|if still in pain|if fever persists",
    )
    _each(
        "NOTE",
        None,
        "concentrated aspirate|aspirate|mixture|protein|saline|in saline|carrier gel|in carrier gel|carrier|gel carrier|recombinant human|recombinant|standardized|standardised|extract|elemental|powder form|supplement|autologous|surgically implanted|surgically|implanted|processed from patient fat|during minimally invasive procedures|during procedure|during surgery|with growth factors|as base|base|salt|concentrated|purified|micronized|liposomal|pure|active|ingredient|ingredients|per serving|exosomal",
    )


SITES: dict[str, str | None] = {}
"""Word of a body site → route that giving something *into* or *around* it is, or ``None``."""


def _sites() -> None:
    for route, words in {
        "ophthalmic": "eye|eyes|eyelid|eyelids|eye ( s )",
        "otic": "ear|ears|ear canal|ear ( s )",
        "nasal": "nostril|nostrils|nostril ( s )|nose|naris|nares",
        "intradiscal": "disc|discs|disk|disks|disc space|intervertebral disc|damaged disc|damaged disc sites|disc sites",
        "intra-articular": "facet joints|facet joint|joint space",
        "perineural": "nerve root|nerve roots|nerve",
        "": "area|areas|affected area|affected areas|affected area ( s )|skin|knee|knees|shoulder|shoulders|back|lower back|neck|elbow|elbows|wrist|wrists|hip|hips|hand|hands|foot|feet|ankle|ankles|scalp|face|leg|legs|arm|arms|thigh|thighs|abdomen|chest|buttock|buttocks|deltoid|gums|throat|joints|joint|spine|lumbar spine|site|sites|painful area|painful areas|space|muscle|muscles|wound|wounds|rash|cheek|tongue|mouth|upper arm|trunk|body|lips|nail|nails|toenail|finger|fingers|toes|groin|most painful area|palm|palms|sole|soles|heel|heels|armpit|armpits|axilla|axillae|temple|temples|torso|calf|calves|forehead|flank|perineum|anus|genitals|penis|vulva|lower lip|shin|shins|affected skin|affected site|site of pain|painful site|upper back|forearm",
    }.items():
        for word in words.split("|"):
            SITES[word] = route or None
        _each("SITE", route or None, words)
    _each(
        "SIDE",
        None,
        "left|right|both|affected|painful|each|l|r|damaged|upper|lower|clean|dry|intact|clean and dry|inner|outer|bilateral|sore|inflamed|same|clean , dry",
    )
    LEXICON.pop("l")
    LEXICON.pop("each")
    LEXICON["l"] = ("U", "L")
    LEXICON["each"] = ("EVERY", None)
    _each("EYE", "left eye", "os|o s")
    _each("EYE", "both eyes", "ou|o u")
    _each("EYE", "right eye", "o d")
    _each("EYE", "both ears", "au|a u")
    _each("EYE", "right ear", "ad|a d")
    _each("AS", "left ear", "as|a s")


def _build() -> None:
    _numbers()
    _notes()
    _each("TODAY", None, "today")
    LEXICON["midnight"] = ("TIME", "00:00")
    for word in REASON_HEADS:
        LEXICON.setdefault(word, ("WORD", None))
    _each(
        "WORD",
        None,
        "type 1|type 2|type i|type ii|stage 1|stage 2|stage 3|stage 4|stage 5|grade 1|grade 2|grade 3|grade 4",
    )
    _sites()
    _units()
    _timing()
    _around()
    _flow()
    for phrases in PHRASES.values():
        phrases.sort(key=lambda phrase: -phrase[0])


_build()
