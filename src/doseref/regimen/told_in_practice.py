"""Patterns of what practices, care homes and Australian and Indian pharmacies write behind an instruction: issues and repeats,
reviews, authorities, what was received, returned and carried forward, who signed.

They are pieces of :mod:`doseref.regimen.written_behind`. A figure belongs to one of them by the word before or behind it. How
many are handed out is one where how often it may be repeated stands right behind it (group ``lot``): :func:`is_lot` says whether
nobody takes so many.
"""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.patterns import regex

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_YEAR = r"(?:20[0-9]{2}|['’]?[0-9]{2})"
_DATE = (
    rf"(?:[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-]{_YEAR}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}}(?:st|nd|rd|th)?[\s-]?{_MONTH}(?:[\s,-]+{_YEAR})?"
    rf"|{_MONTH}[\s'’-]{{0,2}}{_YEAR}|{_MONTH}|[0-9]{{1,2}}[/.-][0-9]{{2,4}}|[0-9]{{1,2}}/[0-9]{{1,2}}|20[0-9]{{2}})(?![0-9/])"
)
_SPAN = r"[0-9]{1,2}(?:\s?/\s?(?:7|52|12)(?![0-9])|\s?(?:d|days?|wks?|weeks?|mths?|months?|mo|yrs?|years?)(?![a-z]))"
_WHEN = rf"(?:(?:in|after|within|from|on|by|since|at)\s)?(?:{_DATE}|(?:{_SPAN})(?:\stime)?)"
_WHENEVER = rf"(?:every\s)?{_WHEN}"
_CLOCK = r"(?:\s?@?\s?[0-9]{1,2}[:.][0-9]{2}(?:\s?(?:hrs?|h))?)?"
_AGAIN = r"(?:rpts?|repeats|issues?)"
"""How often again; the singular alone may be a dose that is repeated."""
_QUIET = (
    r"(?:(?!(?:stop|held|hold|doubl|treb|half|halv|incre|decre|reduc|rais|lower|chang|ceas|paus|omit|skip|miss|then|until|unless|every|each|"
    r"twice|once|extra|more|less|other|another|again|says|dose|tablet|tab\b|cap\b|wife|husband|not?\b|never|only|if\b|when|up\b|down\b|from\b|"
    r"was\b|were\b|prev|old|new\b|and\b|or\b|to\b|end|finish|complet|last\b|expired|disc|cancel|take|taking|give|use|mane|nocte|daily|bd\b|"
    r"tds|qds|tid|qid|bid|od\b|on\b|om\b|max|titr|taper|wean|double|plus|also|with|alternat|day|week|month|fortnight|hour|night|morning|evening|bedtime|noon|"
    r"midday|lunch|tea\b|dinner|breakfast|meal|food|mon\b|monday|tue|wed|thu|fri|sat\b|saturday|sun\b|sunday|prn|sos|stat\b|hs\b|am\b|pm\b|puff|drop|spray|"
    r"patch|sachet|unit|spoon|one\b|two\b|three\b|four\b|five\b|six\b|quarter|weekday|dialysis|days)[a-z]*\b)[a-z][a-z&/'’-]{1,14}\s)"
)
"""A word that says nothing of more, less, another dose or its end."""
_TESTS = (
    r"(?:u\s?[&+/]\s?es?|ues?|lfts?|tfts?|fbcs?|cbc|bloods?|blood\stests?|hba1c|a1c|inr|tsh|crp|esr|k\+|hb|lipids?|ecg|bps?|bp\scheck|levels?|li\slevels?|"
    r"wt|weight|pulse|egfr|renal\sfunction|kft|rft|rbs|fbs|dexa|eye\stest|retinal\sscreen(?:ing)?|foot\scheck|s\.?\s?electrolytes|electrolytes|creat(?:inine)?)"
)
_EVENT = (
    r"(?:reviews?|reviewed|r/v|rv|med\srev(?:iew)?|issued?|issue\sdate|supplied|dispensed|ordered|collected|delivered|authori[sz]ed|re-?authori[sz]ed|"
    r"start(?:ed)?|commenced|initiated|charted|opened|expiry|exp|expires|due|checked|recheck|re-check|check|updated|confirmed|appt|appointment|"
    r"clinic|letter|seen|bloods|bloods\sdue|mur|nms|smr|done|added|printed|signed|prescribed|discharged|discharge|admitted|spirometry|"
    r"reminder|recall|last\sgiven|next\sgiven|received)"
)
_REVIEWS = (
    rf"(?:{_QUIET}){{0,3}}{_EVENT}(?:\s(?:date|due|overdue|required|needed|done|ok|with|gp|nurse|by|at|is|was|[A-Z]{{2,4}})|[:=])*[\s:=]*{_WHEN}{_CLOCK}(?:\sby\s[a-z]{{2,3}})?",
    rf"(?:{_WHEN}\s)?(?:{_QUIET}){{0,2}}(?:reviews?|bloods|appt|check)\s(?:is\s|now\s)?(?:due|overdue|booked|needed|required|done|ok)(?:\s{_WHEN})?",
    rf"(?:(?:annual|yearly|[0-9]{{1,2}}\s?(?:yr|y|year|mth|month|monthly|m))\s?)?(?:review|bloods|check)\sdue\s{_WHEN}",
    rf"(?:last\s|next\s)(?:issued?|due|review(?:ed)?|ordered|dispensed|given|inj(?:ection)?|collected|supply|script|appt)(?:\s(?:date|on|due))*\s?:?\s?{_DATE}{_CLOCK}"
    r"(?:\s(?:l|r|left|right)\s(?:abdo(?:men)?|arm|deltoid|thigh|buttock|glute(?:al)?))?",
    rf"(?:(?:check|repeat|recheck|rpt|monitor|do|for)\s)?{_TESTS}(?:\s?[+&,/]\s?{_TESTS})*(?:\s(?:due|check|recheck|repeat|monitoring|needed|required|overdue|booked|done|ok|taken|sent))*"
    rf"(?:\s(?:before|prior\sto|at)\s(?:the\s)?next\s(?:issue|script|rx|review|appt|visit|supply)|\s?(?:{_WHENEVER}))(?:\s(?:then|and)\s(?:stop|review|reassess|cease))?",
    rf"(?:last|next)\s(?:{_DATE}|{_SPAN})|trial\s(?:for\s|of\s)?{_SPAN}|(?:last\s)?[0-9]{{1,2}}\s(?:issued|ordered|collected)",
    rf"(?:hosp(?:ital)?|clinic|consultant|rheum|cardio(?:logy)?|renal|derm|psych|neuro)\s(?:letter|advice)\s(?:of\s|dated\s)?{_DATE}",
)
"""What was or is to be done, and when."""
_ISSUED = (
    rf"(?:{_QUIET}){{0,2}}(?:max(?:imum)?\s|no\.?\sof\s)?{_AGAIN}(?:\s(?:no\.?|left|remaining|allowed|authori[sz]ed|max|count|number))*\s?[:=]?\s?[0-9]{{1,2}}"
    r"(?:\s?(?:of|/|out\sof)\s?[0-9]{1,2})?(?:\s(?:left|issued|remaining|done|used))?",
    rf"[0-9]{{1,2}}\s?(?:of|/|out\sof)\s?[0-9]{{1,2}}\s(?:issued|{_AGAIN}|used|left|remaining|collected|supplied)",
    r"[0-9]{1,2}\s(?:more\s)?(?:issues?|repeats?|rpts?|scripts?)\s(?:left|remaining|to\sgo|available)",
    rf"[0-9]{{1,2}}\s(?:issued|issues?|ordered|collected|used|supplied)\s(?:in|over|since)\s(?:the\s)?(?:last\s|past\s)?(?:{_SPAN}|{_DATE})",
    r"(?:no|nil|zero|0)\s(?:(?:further\s|more\s|early\s)?(?:rpts?|repeats?|issues?|scripts?)|(?:further|more)\s(?:supply|supplies|refills?))(?:\s(?:without|until|unless|before)\s[a-z&/ ]{3,30})?",
    r"max(?:imum)?\s(?:of\s)?(?:[0-9]{1,3}|one|two)\s(?:issues?|scripts?|suppl(?:y|ies)|box(?:es)?|packs?|inhalers?|bottles?)\s(?:per|a|every|in|each)\s(?:[0-9]{1,2}\s)?(?:months?|weeks?|days?|years?)",
    r"[0-9]{1,2}\s(?:pens?|boxes|box|packs?|vials?|inhalers?|bottles?|cartridges?|tabs?|caps?)\s(?:left\s)?(?:in|at)\s(?:the\s)?(?:fridge|stock|house|home|cupboard|trolley)",
    rf"(?:rpts?|repeats?)\s(?:until|to|till)\s{_DATE}",
    r"(?:(?:bd|b-d|unifine|novofine|glucorx|omnican|carefine)\s(?:viva|micro-?fine|auto-?shield|ultra-?fine|pentips|needles?|syringes?|lancets?)|(?:viva|micro-?fine|pen)\s(?:pen\s)?needles?|needles?|"
    r"sharps(?:\s(?:bin|box))?)(?:\s(?:viva|plus|needles?|pen|separate(?:ly)?|[0-9]{1,2}(?:\.[0-9])?\s?mm|[0-9]{2}\s?g|x\s?[0-9]{1,3}|supplied|given|needed|and|sharps|bin)){0,6}",
    r"(?:on|added\sto)\srepeat|repeat\s(?:template|slip|dispensing)|(?:not\s|do\snot\s|don['’]t\s)(?:to\s)?(?:go\s|be\s|add(?:ed)?\s|put\s)*(?:on|to|for)\srepeat|not\sto\sbe\srepeated|acute(?:\s(?:only|issue|script|item))?",
    r"(?:do\snot|don['’]t|not\sto\sbe|no)\s(?:re-?)?(?:issued?|authori[sz]ed?)\s(?:early|if\s(?:fbc|bloods|u&es?|lfts|inr|bp)\s[^,;.]{3,30}|without\s[^,;.]{3,30}|before\s[^,;.]{3,20})",
    r"compliance\s?:?\s?[0-9]{1,3}\s?%|usage\s?:?\s?[0-9]{1,3}\s?%",
    r"(?:(?:weekly|daily|fortnightly|monthly|4[\s-]weekly|28[\s-]day|7[\s-]day)\s)?(?:disp(?:ensing|ense|ensed)?|scripts?|supply|supplies|issues?)"
    r"\s(?:[0-9]{1,2}\s?[x×]\s?)?[0-9]{1,2}\s?/\s?(?:7|52)(?![0-9])",
    r"\[?[0-9]\s?(?:/|of)\s?[0-9]\s(?:packs?|boxes|bags?)\]?",
    r"(?:28|56|84|30|14|7)[\s-]days?(?:['’]?\ssupply)?\s(?:max(?:imum)?(?:\ssupply)?|at\sa\stime|scripts?|issue)",
    r"[0-9]{1,2}/(?:7|52|12)\s(?:supply|supplied|given|scripts?)(?:\s(?:only|given|on\sdischarge))?(?:\s(?:then|and)\s(?:stop|cease|review))?",
    r"(?:interval|min(?:imum)?\sinterval|dispense\sinterval)\s?:?\s?[0-9]{1,3}\s?(?:days?|d|wks?|weeks?)",
    r"(?:rpts?|repeats|r)\s?[:=]?\s?(?:nil|none|[0-9]{1,2})",
)
"""How often it may be issued again, and how often it was."""
_APPROVED = (
    r"(?:streamlined|s/l|auth(?:ority)?|pbs|rpbs|sa|approval)(?:\s?\(streamlined\)|\s(?:code|no\.?|number|approval|streamlined|auth(?:ority)?|reqd?|required|approved|obtained|#))*\s?[:.#]?\s?"
    r"(?:[0-9]{3,8}[a-z]?|required|approved|streamlined|obtained|reqd?|pending|granted)",
    r"reg(?:ulation)?\s?(?:24|49)|ctg|closing\sthe\sgap|s(?:chedule\s)?[348]d?|(?:brand\s)?sub(?:stitution|st)?\s(?:not\s)?(?:ok(?:ay)?|allowed|permitted)|"
    r"(?:safescript|rtpm|pdmp|scriptcheck)\s(?:checked|seen|ok|reviewed)|(?:controlled\sdrug|cd)(?:\s(?:requirements?|rx|script))?",
    r"(?:ok(?:ay)?\sto|may|can|please)\s(?:sub(?:stitute)?|supply|dispense)\s(?:with\s|for\s)?(?-i:[A-Z][a-z]{2,15}(?:\s[A-Z]{2,3})?(?:\s[0-9]{1,3})?)(?:\sinstead)?",
    r"otc|gen(?:eric)?\sok|brand\s(?:only|specific|prescribing|specified)|formulary\s(?:brand|item|choice)|private\s(?:script|rx)",
)
"""What a scheme or a law asks for."""
_HELD = (
    r"(?:qty\s|quantity\s|no\.?\s|total\s)?(?:rec['’]?d?|received|returned|ret['’]?d|destroyed|carried\s(?:fwd|forward|over)|brought\s(?:fwd|forward)|"
    r"c\s?/\s?[fo](?:wd)?|b\s?/\s?f(?:wd)?|bal(?:ance)?|stock(?:\s(?:bal(?:ance)?|count|level))?|in\sstock|count(?:ed)?|start(?:ing)?\s(?:qty|stock|balance))\s?[:=]?\s?[0-9]{1,4}"
    r"(?:\s?(?:tab(?:let)?s?|cap(?:sule)?s?|mls?|sachets?|patch(?:es)?))?",
    r"(?:rec['’]?d|received|checked|counted|entered|signed|sign|witness(?:ed)?|given|transcribed|copied|verified|2nd\scheck)(?:\s(?:in|off))?\s(?:by|in\sby)\s?:?\s?(?-i:[A-Z]{2,3})(?:\s?[/&+]\s?(?-i:[A-Z]{2,3}))?",
    r"(?:(?:date\s)?opened|exp(?:iry)?(?:\sdate)?|discard(?:\s(?:on|after|by))?|witness(?:ed)?(?:\sby)?|sign(?:ed|ature)?|initials?|batch(?:\sno\.?)?|given\sat|time|date|start|"
    r"stop|checked\sby|qty|rec['’]?d|bal(?:ance)?)\s?:?\s?_{2,}(?:\s?/\s?_+)*",
    r"(?:see\s)?(?:cd|controlled\sdrugs?|dda)\s(?:reg(?:ister)?|book|cupboard)(?:\s(?:p(?:age|g)?\.?\s?)?[0-9]{1,4})?",
    r"(?:mds|dosette|nomad|blister|webster|venalink|medi-?pak)(?:[\s-](?:pack|pak|pk|tray|box))?(?:\s(?:wk|week)s?\s?[0-9](?:\s?[-–to/]+\s?[0-9])?|\s[0-9]{1,2}\s?/\s?(?:7|52)|\sfrom\s[0-9/]{3,10})*",
    rf"(?:discard|use\sby|use\sbefore|expires?)\s?(?:after|on|by|before)?\s?:?\s?{_DATE}",
    r"(?:discard|use\swithin|throw\saway)\s(?:[a-z0-9]{1,6}\s)?(?:weeks?|days?|months?|wks?|/12|/52|/7)\s(?:after|of|from)\s(?:first\s)?(?:opening|opened|use)",
)
"""What a care home receives, keeps, opens and signs."""
_SAID_BY = (
    r"(?-i:(?:Linked\s)?(?:[Pp]roblem|[Ii]ndication|[Rr]eason|[Dd]iagnosis|[Cc]ondition)s?)\s?:\s?(?![^;,|()]*\b(?:stop|until|unless|if|only|reduc|increas|then|not|no|take|tak|half|one|two|three|twice|once|daily|night|mane|nocte|bd|tds|qds|od|prn|alternate|weekly|every|dose)\w*\b)[^;,|()0-9]{3,60}",
    r"(?:authori[sz]ed(?:\sby)?|auth\sby|prescriber|prescribed\sby|usual\sgp|reg(?:istered)?\sgp|requested\sby|issued\sby|charted\s(?:by\s)?|initiated\sby|started\sby)\s?:?\s?"
    rf"(?:dr\.?\s|mr\.?\s|mrs\.?\s|prof\.?\s|np\s|anp\s|nurse\s)*(?P<signed>(?-i:[A-Z][a-zA-Z.'’-]{{0,20}}(?:\s[A-Z][a-zA-Z.'’-]{{0,20}}){{0,2}}))(?:[\s,]+{_DATE})?{_CLOCK}",
    rf"(?:mr|mrs|ms|miss|master)\.?\s(?-i:[A-Z][a-zA-Z.'’-]{{0,20}}(?:\s[A-Z][a-zA-Z.'’-]{{1,20}}){{0,2}})(?:[\s,]+{_DATE})?",
    r"(?:rheum|cardio|renal|resp|neuro|endo|gastro|haem|derm|psych|onc|urol|pain|optom|hosp(?:ital)?|specialist|consultant|gp|cnc|dsn|rmo|reg)(?:atology|ology)?\s"
    r"(?:dr|prof|mr|ms|mrs)\.?\s(?-i:[A-Z][a-zA-Z'’-]{1,20}(?:\s[A-Z][a-zA-Z'’-]{1,20})?)",
)
"""For what, and by whom."""
_UNITS = (
    r"(?:tab(?:let)?s?|cap(?:sule)?s?|caplets?|patch(?:es)?|sachets?|doses?|amp(?:oule)?s?|pens?|vials?|inhalers?|tubes?|bottles?|packs?|pkts?|boxes|box|"
    r"syringes?|cartridges?|supps?|pessar(?:y|ies)|nebs?|nebules?|op|mls?|gm?s?|pfp|pfs|ea(?:ch)?|nos?\.?|units?)"
)
_REPEATED = r"(?:\+\s?)?(?:r\s?[0-9]{1,2}|(?:rpts?|repeats?)\s?[:=]?\s?(?:[0-9]{1,2}|nil|none)|[x+]?\s?[0-9]{1,2}\s?(?:rpts?|repeats?)|(?:no|nil|zero)\s(?:rpts?|repeats?)|otc|private|pbs)(?![a-z0-9])"
_MANY = rf"(?:(?:[0-9]{{1,2}}\s?[x×]\s?)?[0-9]{{1,4}}(?:\.[0-9])?(?:\s?{_UNITS})?(?:\s?[x×]\s?[0-9]{{1,2}})?)"
LOT = rf"(?:(?:qty|quantity|supply|disp)\s?:?\s?)?\(?(?P<lot>{_MANY})\)?[\s,.;/]*{_REPEATED}"
"""How many, and how often again: "60 R5", "30 tabs, 5 repeats", "8. R0"."""
_STRIPS = (
    r"[0-9]{1,4}(?:\.[0-9]{1,2})?\s?(?:mg|mcg)\s(?:tab(?:let)?s?|cap(?:sule)?s?)\s(?:supplied|dispensed|issued|given|provided)",
    r"(?<=-[0-9½]\s)(?:[x×]\s?)?\(?(?:1[0-9]|[2-9][0-9]|1[0-9]{2})\)?(?:\s?\(?[0-9]{1,2}\s?strips?(?:\sof\s[0-9]{1,3})?\)?)?",
    r"(?<=-[0-9½]\s;\s)(?:1[0-9]|[2-9][0-9]|1[0-9]{2})",
    r"\(?(?:[x×]\s?)?[0-9]{1,2}\s?strips?(?:\s?(?:of|x|×)\s?[0-9]{1,3})?\)?",
    r"(?:qty|disp|total)?[\s:.-]{0,3}(?:[x×]\s?)?[0-9]{1,3}\s?nos?\.?",
    r"[x×]\s?[0-9]{1,2}\s?(?:inj(?:ections?)?|amps?|vials?|tubes?|bottles?|nos?\.?|inhalers?|packs?)",
    r"\([0-9]{1,3}\s?[x×]\s?[0-9]{1,3}\)",
)
"""How many strips and pieces an Indian pharmacy hands out."""
PRACTICE = (*_STRIPS, *_REVIEWS, *_ISSUED, *_APPROVED, *_HELD, *_SAID_BY, LOT)
_LOT = regex(LOT, re.I)
_WEEKS = frozenset(map(Decimal, (4, 8, 12)))
"""Pieces of what is taken once a week that last for months."""
_LEAST_PIECES = 7
"""So many pieces nobody takes at one time."""
_WHOLE = regex(r"(?:amp|pen|vial|inhaler|tube|bottle|pack|pkt|box|syringe|cartridge|pfp|pfs|op\b|neb|ml|g\b|gm)", re.I)
RARELY = regex(
    r"week|wkly|fortnight|month|mth|year|/12\b|/52\b|every\s(?:[3-9]|1[0-9]|seven|three|four)\s?d(?:ays?)?|72\s?h|mon|tue|wed|thu|fri|sat|sun",
    re.I,
)
_LENGTH = regex(
    r"\b(?:for|x|over)\s?(?:the\s)?(?:next\s)?[0-9a-z]{1,5}[\s-]?(?:/52|/12|/7|days?|weeks?|wks?|wkly|months?)", re.I
)
"""For how long, which says nothing of how seldom."""
HOW_MUCH = regex(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half)\b|½|[0-9]\s?-\s?[0-9]\s?-\s?[0-9]|"
    r"(?<![0-9./])[0-9]{1,2}(?:\.[0-9]{1,2})?(?![0-9./%]|\s?(?:mg|mcg|micro|g\b|ml|%|x\b))",
    re.I,
)
"""How many are taken, as a word or as a figure that is no mass."""
MASSES = regex(r"[0-9]\s?(?:mg|mcg|micrograms?|g|units?|iu|ml)\b", re.I)
"""An amount with its unit."""
_ONE_OF = frozenset("tablet capsule caplet patch sachet ampoule pessary suppository".split())
_ALONE = regex(
    r"(?:(?:supply|qty|quantity)\s?:?\s?)?\(?(?P<times>[0-9]{1,2}\s?[x×*]\s?)?(?P<many>[0-9]{1,4}(?:\.[0-9])?)\)?\s?"
    r"(?P<unit>tab(?:let)?s?|cap(?:sule)?s?|caplets?|patch(?:es)?|sachets?|doses?|amp(?:oule)?s?|pens?|vials?|inhalers?|tubes?|bottles?|packs?|boxes|box|"
    r"syringes?|cartridges?|suppositor(?:y|ies)|pessar(?:y|ies)|nebs?|op|ml|g|pre-?filled\s(?:pens?|syringes?|disposable\sdevices?)|unit\sdoses?|lozenges?|films?)"
    r"(?:\(s\))?(?P<more>\s?[x×*]\s?[0-9]{1,2})?(?P<said>\s(?:tt[oa]|(?:tto\s)?(?:pack|dispensed|supplied|given|issued)))?",
    re.I,
)
"""A field of how many: "28 tablet(s)", "5 x 3ml", "1*200 dose", "2.5 mL", "(28) capsule(s)", "6 tablets supplied"."""
_BY_THE_DROP = regex(r"\b(?:drops?|gtts?|puffs?|sprays?|appl(?:y|ied|ication))\b", re.I)
_VOLUME = regex(r"(?<!/)(?<![0-9.])([0-9]{1,3}(?:\.[0-9]{1,2})?)\s?mls?\b", re.I)
_COUNTS = regex(r"(?<![0-9./,])([0-9]{1,2})(?![0-9./%]|,[0-9]|\s?(?:mg|mcg|micro|g\b|ml|%))", re.I)
_DOSES_OF_A_BOTTLE, _LEAST_WHOLE = 5, 5
_UNITS_SAID = regex(r"[0-9]\s?(?:units?|iu|u)\b(?!\s?/)|\binsulin\b", re.I)
_BARE_LOT = regex(r"(?:(?:qty|quantity|supply|disp)\s?:?\s?)?\(?[0-9]{1,4}(?:\.[0-9])?\)?", re.I)
_FIGURE = regex(r"[0-9]{1,4}(?:\.[0-9])?")
_TIMES = regex(r"[x×]")


def is_lot(lot: str, said: str) -> bool:
    """Whether ``lot``, behind the instruction ``said``, is how many are handed out: more than anybody takes at once, what is
    handed out whole, or a few of what is taken once a week or more rarely and whose dose is said.
    """
    first = _FIGURE.search(lot)
    if first is None or not said.strip():
        return False
    by_measure = _UNITS_SAID.search(said) or _VOLUME.search(said)
    if _BARE_LOT.fullmatch(lot.strip()) and lot.strip() != "1" and by_measure:
        return False  # "10 units at night 20 rpt 2"
    in_ml = _VOLUME.search(lot)
    doses = [Decimal(each) for each in _VOLUME.findall(said)]
    if (
        in_ml is not None
        and doses
        and not _TIMES.search(lot)
        and Decimal(in_ml.group(1)) < _DOSES_OF_A_BOTTLE * max(doses)
    ):
        return False  # "10 mL at night, 15 mL, R5"
    if _WHOLE.search(lot) or _TIMES.search(lot) or Decimal(first.group()) >= _LEAST_PIECES:
        return True
    if "patch" in lot.lower() and "patch" in said.lower():
        return True
    dosed = (
        lot.strip() == "1"
        or Decimal(first.group()) in _WEEKS
        or HOW_MUCH.search(said) is not None
        or len(MASSES.findall(said)) > 1
    )
    return dosed and is_seldom(said)


def is_seldom(said: str) -> bool:
    """Whether an instruction is one of a few doses a week or a month: of these few are handed out."""
    return RARELY.search(_LENGTH.sub(" ", said)) is not None


def is_lot_with_repeats(text: str, said: str) -> bool:
    """Whether a text says how many are handed out and how often again, and no more."""
    found = _LOT.fullmatch(text.strip(" ,.;()"))
    return found is not None and is_lot(found["lot"], said)


def is_pack_alone(text: str, said: str) -> bool:
    """Whether a field says how many are handed out, or how much, and no more; ``said`` is what stands before it."""
    found = _ALONE.fullmatch(text.strip(" ."))
    if found is None:
        return False
    if found["times"] or found["more"]:
        return True
    many, unit = Decimal(found["many"]), found["unit"].lower()
    if unit in ("ml", "g"):
        drops = _BY_THE_DROP.search(said) is not None
        doses = [Decimal(each) for each in _VOLUME.findall(said)]
        return drops or (bool(doses) and many >= _DOSES_OF_A_BOTTLE * max(doses))
    dosed = HOW_MUCH.search(said) is not None
    if _WHOLE.match(unit):
        by_mass = many >= _LEAST_WHOLE and MASSES.search(said) is not None  # "40 mg daily (10 syringes)"
        return dosed or by_mass or is_seldom(said)
    if many != many.to_integral_value():
        return False
    if not dosed:
        return _handed_out(found["said"], said)
    most = max((Decimal(each) for each in _COUNTS.findall(said)), default=Decimal(1))
    if found["said"] or found["unit"] in _ONE_OF:
        least, times = _LEAST_PIECES, 2
    else:
        least, times = _LEAST_BARE, _LEAST_PIECES
    if many >= least:
        return many >= most * times
    return is_seldom(said) and many >= most and (found["unit"] in _ONE_OF or many > most)


_AS_NEEDED = regex(r"\b(?:prn|sos|(?:as|when|if)\s(?:required|needed|necessary))\b", re.I)


def _handed_out(word: str | None, said: str) -> bool:
    """Whether pieces beside a dose in mg are told as handed out: "0.5 mg tid prn, 6 tablets supplied". What is "given" is
    taken, but for what was given to somebody for when it is needed.
    """
    if word is None or MASSES.search(said) is None:
        return False
    return not word.endswith("given") or _AS_NEEDED.search(said) is not None


_BARE = regex(r"\(?[0-9]{2,3}\)?")
_OF_PIECES = regex(r"\b(?:tab(?:let)?s?|cap(?:sule)?s?|m/?r|e/?c|x/?l|s/?r)\b|[0-9]\s?(?:mg|mcg|micrograms?)\b", re.I)
_PIECE = regex(r"\b(?:tab(?:let)?s?|cap(?:sule)?s?)\b", re.I)
_OF_ANYTHING_ELSE = regex(
    r"[0-9]\s?(?:units?|iu|mls?|u)\b|\b(?:puffs?|drops?|sprays?|pumps?|inhal\w*|patch(?:es)?|insulin|weeks?|days?)\b",
    re.I,
)
_LEAST_BARE, _TIMES_THE_COUNT = 14, 4
_PACKS = frozenset(map(Decimal, (28, 30, 56, 60, 84, 90, 112, 120, 168, 180)))
"""Tablets of a pack or of some packs, of which few are strengths."""
_FOUR_WEEKS = 28


def is_number_of_pieces(text: str, said: str) -> bool:
    """Whether a field is a number of tablets that nobody takes: "1 od - 28 -", of what is counted in pieces or by mass."""
    if _BARE.fullmatch(text) is None or _OF_PIECES.search(said) is None or _OF_ANYTHING_ELSE.search(said):
        return False
    counts = [Decimal(each) for each in _COUNTS.findall(said)]
    many = Decimal(text.strip("()"))
    if not counts and HOW_MUCH.search(said) is None:
        # "25 mcg od, 50" may be the next step, and 30 mg too; nobody takes 28 mg of anything
        return many in _PACKS and (not many % _FOUR_WEEKS or _PIECE.search(said) is not None)
    return many >= _LEAST_BARE and many > max(counts, default=Decimal(1)) * _TIMES_THE_COUNT
