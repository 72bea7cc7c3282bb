"""Patterns of what a clinic, an insurer or a shop writes behind an instruction: what was measured, what is charted, whose
dose of how many it is, prices, numbers to call, limits of a plan.

They are pieces of :mod:`doseref.regimen.written_behind`: taken off from the end, and only where what is left is then read whole.
A figure belongs to one of them by the word before it; a mass alone ("Mg 400 mg") never does, and a comparison or a range does
only behind "goal": "4 units BG >150" is a condition. Letters that are a drug's or a unit's elsewhere ("K", "Mg", "HR") need a
sign before them, and a figure that can be a reading.
"""

from __future__ import annotations

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DATE = (
    r"(?:[0-9]{1,2}[/.-][0-9]{1,2}(?:[/.-](?:[0-9]{4}|[0-9]{2}))?|[0-9]{4}-[0-9]{2}-[0-9]{2}|"
    rf"[0-9]{{1,2}}(?:st|nd|rd|th)?[- ]?{_MONTH}(?:[- ,]+(?:[0-9]{{4}}|[0-9]{{2}}))?|{_MONTH}\s[0-9]{{1,2}}|{_MONTH}\s20[0-9]{{2}})"
)
_SIGNED = r"(?:(?<=[,;.:(|/–—-]\s)|(?<=[,;.:(|/–—-]))"
_NUMBER = r"[0-9]{1,5}(?:[.,][0-9]{1,3})?"
_AIM = r"(?:goals?|targets?|aim|range|tgt)"
_UNIT = (
    r"(?:\s?(?:%|mmol/mol|m?mol/l|[µu]mol/l|meq/l|mg/dl|mg/l|[nµmu]?c?g/m?l|g/d?l|m?[ui]u?/m?l|ml/min(?:/1\.73\s?m2)?|k/u?l|/min|bpm|mmhg|"
    r"x?\s?10\^?9/l|sec|ms|kg/m2|kg|lbs?|cm)(?![a-z0-9]))?"
)
_VALUE = rf"(?:\s?[:=]\s?|\s)?(?:(?:was|is|of|now|today|currently)\s)?{_NUMBER}{_UNIT}"
_AIMED = rf"\s?{_AIM}(?:\sis|\sof)?\s?[:=]?\s?[<>≤≥]?\s?{_NUMBER}(?:\s?(?:-|–|to|/)\s?{_NUMBER})?{_UNIT}"
_BEFORE = rf"(?:[,;]?\s(?:was|prev(?:iously)?|last|now|down\sfrom|up\sfrom|baseline)\s(?:was\s)?{_NUMBER}{_UNIT})?"
_WHEN = (
    rf"(?:\s?[,(]?\s?(?:on\s|in\s|at\s|@\s?)?{_DATE}\)?|\s\(?(?:today|yesterday|(?:last|this)\s(?:week|month|visit|admission|am)|"
    r"[0-9]{1,2}\s(?:days?|wks?|weeks?|months?)\sago|stable|ok|at\sgoal|therapeutic|normal|low|high|pending)\)?)?"
)
_NAMED = (
    r"(?:(?:last|latest|recent|serum|se?r?\.?|s\.|fasting)\s)*(?:[a-z]{3,14}\s(?=level|trough))?(?:inr|hb?a1c|a1c|egfr|gfr|crcl|tsh|ft[34]|t4|ldl|hdl|"
    r"non-hdl|chol(?:esterol)?|tg|hb|hgb|plts?|wbc|wcc|anc|crp|esr|bnp|nt-?probnp|ferritin|tsat|psa|qtc|lvef|fev1|phq-?9|gad-?7|spo2|sats|urea|bun|"
    r"creat(?:inine)?|scr|uric\sacid|urate|b12|folate|(?:25-?oh\s?)?vit(?:amin)?\.?\sd|25-?ohd?|levels?|troughs?|peak|viral\sload|cd4|t-?score|iop|pefr|"
    r"alt|ast|alp|bili(?:rubin)?|alb(?:umin)?|ammonia|pulse|bmi|qtcf|mmse|moca)"
)
_IN_LETTERS = (
    r"(?:(?:s\.|se?r?\.?|serum|last|latest)\s?)*(?-i:K\+?|Na\+?|Mg|Ca|Cr|Li|PO4|Phos)\s?[:=]?\s?(?:[0-9]{1,2}\.[0-9]{1,2}|1[0-9]{2}(?!\.))"
    r"(?:\s?(?:m?mol/l|meq/l|mg/dl))?"
)
_SUGAR = r"(?:rbs|fbs|ppbs|cbg|bgl?|bsl|bm|grbs)"
_MEASURED = (
    rf"{_NAMED}(?:{_AIMED}(?:[,;]?\s(?:last|now|was|latest)\s(?:was\s)?{_NUMBER}{_UNIT})?|{_VALUE}{_BEFORE})",
    rf"(?:inr|trough|level)s?\s?[:=]?\s?{_NUMBER}\s?(?:-|–|to)\s?{_NUMBER}{_UNIT}{_BEFORE}",
    rf"{_SIGNED}{_IN_LETTERS}",
    rf"{_SIGNED}{_SUGAR}(?:{_AIMED}|\s?[:=]?\s?{_NUMBER}{_UNIT})",
    rf"(?:home\s|clinic\s|last\s)?b\.?p\.?(?:{_AIMED}|\s?[:=]?\s?[0-9]{{2,3}}\s?/\s?[0-9]{{2,3}}(?:\s?mmhg)?)",
    r"(?:(?-i:PR|P|HR)|pulse|heart\srate)\s?[:=]?\s?[0-9]{2,3}\s?(?:/\s?min(?:ute)?|bpm)",
    rf"(?:(?:dry|body|current|last|est)\s)?(?:wt|weight)\s?[:=]?\s?{_NUMBER}\s?(?:kgs?|lbs?)",
)
READINGS = (
    rf"(?:{'|'.join(_MEASURED)}){_WHEN}",  # when it was is said once: compiling it with each would cost 30 ms
    rf"(?:fasting|pre-?meal|post-?meal|{_SUGAR}|glucose|sugars?)(?:\s(?:glucose|sugars?|bg))?{_AIMED}",
    r"aged?\s?[:=]?\s?[0-9]{1,2}\s?(?:y(?:rs?|ears?)?(?:[\s,/]*(?:and\s)?[0-9]{1,2}\s?(?:m(?:o|th|onth)?s?))?|m(?:o|th|onth)?s?)(?:\sold)?|"
    r"[0-9]{1,2}\s?(?:y/?o|yr\sold|years?\sold)(?:\s(?:male|female|boy|girl|[mf]))?",
)
"""What was measured, or is aimed at, when it was written."""
_CHARTED = r"(?:wts?|weights?|i\s?[/&+]\s?o|i&os?|intake\s?[/&]\s?output|fluid\sbalance|urine\soutput|bps?|(?:blood\s)?sugars?|fbs|rbs|ppbs)"
_DRAWN = r"(?:the|after|blood|lab|labs|level|levels|trough|bloods|test|is|are|has|been|have|drawn?|taken|done|checked|collected)"
CHARTED = (
    rf"(?:(?:daily|weekly|strict|chart|charting|monitor|record|check)\s(?:the\s|daily\s)?)+{_CHARTED}(?:\schart(?:ing)?)?",
    rf"{_CHARTED}\s(?:daily|weekly|monthly|charting|chart|monitoring)",
    r"(?:hold|(?:do\snot|don['’]?t)\s(?:take|give))\s(?:the\s)?(?:am|a\.m\.|morning)\sdose\s(?:on\s(?:lab|clinic|blood|level|test)\s?(?:test\s)?"
    rf"days?\s?)?(?:until|till|before|prior\sto)(?:\s{_DRAWN})+",
)
"""What is written down each day, and a morning's dose that waits for the blood to be drawn: it is taken then."""
ADMINISTERED = (
    r"(?:dose|inj(?:ection)?|cycle|course|issue|treatment|wk|week)\s?(?:no\.?\s?|#\s?)?[0-9]{1,2}\s?(?:of|/)\s?[0-9]{1,2}|dose\s?#\s?[0-9]{1,2}",
    rf"{_SIGNED}[0-9]{{1,2}}\sof\s[0-9]{{1,2}}",
    r"(?:(?:total|daily|max|approx|about)\s|[≈~=]\s?)*[0-9]{1,4}\s?(?:mme|omedd|ome|medd)s?(?:\s?/\s?d(?:ay)?|\sper\sday|\sdaily)?(?:\s(?:max(?:imum)?|total|limit))?",
    r"(?:(?:total|daily|max)\s)*(?:mme|omedd|ome|medd)\s?(?:/\s?day|per\sday|daily)?\s?[:=]?\s?[0-9]{1,4}(?:\s?mg)?(?:\s?/\s?day)?",
    r"(?:(?:mrp|co-?pay|price|cost|patient\spay|nhs|m\.r\.p\.?)\s?[:=]?\s?)*(?:rs\.?|₹|\$|£|€)\s?[0-9]{1,5}(?:[.,][0-9]{1,2})?(?:/-)?",
    r"(?:mrp|m\.r\.p\.?|co-?pay|price|cost)\s?[:=]?\s?[0-9]{1,5}(?:\.[0-9]{1,2})?(?:/-)?",
    rf"(?:{_SIGNED}(?P<whose>(?:(?!(?:tel|ph(?:one)?|mob(?:ile)?|call|fax|contact)\b)[a-z][a-z'-]{{1,20}}\s){{1,3}}))?"
    r"(?:(?:tel|ph(?:one)?|mob(?:ile)?|call|fax|contact)\s?[:.]?\s?)?(?:\+[0-9]{1,2}\s?)?"
    r"(?:\(?0[0-9]{1,4}\)?[\s-]?[0-9]{3,4}[\s-]?[0-9]{3,4}|\(?[2-9][0-9]{2}\)?[\s.-][0-9]{3}[\s.-][0-9]{4})"
    r"(?:\s(?:w/|with|for|if)\s?(?:any\s)?(?:questions?|refills?|concerns?|problems?))?",
    r"(?:tel|ph(?:one)?|call|fax)\s?[:.]?\s?[0-9]{3}[\s-][0-9]{4}",
    r"(?:dr\.?\s)?(?P<desk>[a-z][a-z'-]{2,20}\s)?ext\.?\s?[0-9]{3,5}",
    r"(?:ins(?:urance|\.)?|plan|medicaid|medicare|bcbs|pbm|tricare)\s(?:limits?|max(?:imum)?|covers?|pays(?:\sfor)?|allows?)\s(?:to\s|is\s|only\s)?"
    r"[0-9]{1,3}(?:\s[a-z]{2,8})?\s?(?:/|per\s|a\s|every\s)\s?(?:mo(?:nth)?|fill|rx|[0-9]{2}(?:\s?d(?:ays?)?)?|week|wk|year|yr)",
    r"(?:ql|qty\slimit|quantity\slimit)\s?[:=]?\s?[0-9]{1,3}\s?(?:/|per)\s?(?:mo(?:nth)?|[0-9]{2}(?:\s?d(?:ays?)?)?)",
    r"(?:medicare\s)?part\s[bd]|medicaid|medicare|adap|340b|tricare|cash(?:\spay)?|self[\s-]pay",
    r"(?:no|not?)\searly\s(?:re-?)?fills?|early\s(?:re-?)?fills?\s(?:not\s|is\s|are\s)*(?:ok|okay|allowed|permitted|authori[sz]ed|approved)|"
    r"re-?fill\stoo\ssoon|ok\sto\sfill(?:\searly)?",
    r"ndc\s(?:on\sfile|verified)|(?:insurance|rx|allergies|consent|pa|prior\sauth)\son\sfile|generic",
    r"(?P<clinic>[a-z]{2,14}\s)(?:f/u|follow-?up|review|appt|clinic)\s(?:in\s)?[0-9]{1,2}\s?(?:wks?|weeks?|mths?|months?|mo|/52|/12)",
    rf"(?P<letter>[a-z]{{3,14}}\s)(?:clinic\s)?letter\s(?:of\s|dated\s)?{_DATE}",
    r"[0-9]\stake-?aways?(?:\s?(?:/|per\s|a\s)\s?(?:wk|week))?|(?:status\s?[:=]?\s?)?active",
)
"""What is counted of a course, an opioid's equivalents, prices, who is called, and what a plan pays for."""
_PLACE = r"(?:ed|a&e|er|hospital|gp|clinic|surgery)"
ADVISED = (
    rf"(?:return|back|go|present|come)\s(?:back\s)?to\s(?:the\s)?{_PLACE}\sif\s[a-z][a-z ,'’-]{{3,60}}",
    r"flush(?:\s(?:tube\s)?with)?\s[0-9]{1,3}\s?mls?\s(?:of\s)?(?:water|saline|ns)(?:\s(?:before|after|and|&|each|every|dose|feeds?))*",
    r"[0-9]\sbreaths?\s(?:per|from\seach|from|each)\s(?:cap(?:sule)?|dose)s?|palliative(?:\scare)?|end\sof\slife",
)
"""What is done besides, and when somebody comes back."""
_SPAN = r"[0-9]{1,2}(?:/(?:7|52|12)|\s?(?:days?|wks?|weeks?|mths?|months?))"
HANDLED = (
    r"(?:keep\s)?refrigerated?(?:\suntil\sopen(?:ed|ing)|\sonce\sopened)?",
    r"(?:keep|store)\s(?:in\s)?(?:the\s)?(?:fridge|refrigerator|original\s(?:bottle|pack|blister|container)(?:/[a-z]+)?)",
    rf"(?:discard|use\swithin|expires)\s(?:{_SPAN}\s)?(?:after|of)\s(?:opening|first\suse|{_SPAN})",
    r"(?:take\s)?out\sof\s(?:the\s)?fridge\s[0-9]{1,2}\s?min(?:ute)?s?\s(?:before|prior)(?:\s(?:use|injecting|injection))?",
    r"wait\s[0-9]{1,2}(?:/60|\s?min(?:ute)?s?)\sbetween(?:\s(?:different|eye|drops?|products))*",
    r"reconstituted?\swith(?:\s(?:boiled|cooled|cool|purified|sterile|drinking|distilled|and|water|[0-9]{1,3}\s?ml))+",
    r"(?:not|do\snot\spack|never)\s(?:in|into)\s(?:the\s|a\s)?(?:daa|webster(?:[\s-]pak)?|dosette|blister|mds|nomad|pill\sbox)",
)
"""How it is kept, opened and made up."""
NAMES = ("whose", "desk", "clinic", "letter", "signed")
"""Groups that hold somebody's name, and no word of an instruction."""
