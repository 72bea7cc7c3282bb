"""What a sentence says beside the point: clauses between commas that hold no figure ("the most, counting every cold
remedy that also contains it, is 4,000 mg"), and what was once done or given to somebody ("we gave 100 mg at night").
"""

from __future__ import annotations

import re

from doseref.patterns import regex

_ASIDE = regex(
    r",\s+(?:counting|including|not\s+counting|whether|which|who|whose|even|such\s+as|like|along\s+with|together\s+with|"
    r"excluding|regardless|no\s+matter|as\s+you|as\s+i|and\s+yes|by\s+the\s+way|of\s+course)\b[^,.;:()\d]{3,120},(?=\s)",
    re.I,
)

_DOER = (
    r"(?:we|they|i|he|she|doctors?|nurses?|prescribers?|people|patients?|who|that|somebody|someone|mothers?|fathers?|parents?|"
    r"colleagues?|consultants?|registrars?|partners?|teams?|women|men|man|woman|boy|girl|daughter|son|customers?|clients?)(?:\s+of\s+(?:ours|mine|theirs|his|hers))?"
)
PAST = (
    rf"(?<!\bif )(?<!\bunless )(?<!\bonce )(?<!\bwhether ){_DOER}\s+(?:once\s+|then\s+|often\s+|all\s+|just\s+|also\s+|always\s+|"
    r"routinely\s+|cheerfully\s+)?(?:gave|took|swallowed|prescribed|ordered|handed(?:\s+out)?|pushed|poured|swore|"
    r"injected|sent|started(?!\s+(?:on|with)\b)|was\s+(?:given|started|put|sent|taking|on)|were\s+(?:given|started|put|sent|taking|titrated|"
    r"treated|randomi[sz]ed|handed))\b(?!\s+more)|"
    r"(?:he|she|who|they|patient|man|woman|boy|girl|child|lady|gentleman)\s+(?:had|has|have)\s+(?:already\s+|once\s+|recently\s+)?been\s+"
    r"(?:given|taking|on|prescribed|started|put|using|swallowing|told)\b|had\s+been\s+(?:given|taking|on|prescribed|using)\b|"
    r"(?:he|she|who|patient|man|woman|boy|girl)\s+(?:was|were)\s+(?:already|still|then|once)\s+(?:on|taking|given|using)\b|"
    r"(?:i|we)\s+(?:had|got|needed|was\s+on|were\s+on)(?=\s+(?:[a-z]+\s+){0,2}\d)|"
    r"(?<!\bif )(?:he|she|(?:the|this|that|our|my)\s+(?:patient|man|woman|boy|girl|child|lady))\s+(?:got|received|had(?=\s+(?:[a-z]+\s+){0,2}\d)|needed)\b|"
    r"(?<!\byou )(?:were|was)\s+(?:once\s+|then\s+|often\s+|all\s+)?(?:told|advised|taught|urged|encouraged|expected)\s+to\b|"
    r"\b(?:remember|recall)(?:s|ed|ing)?\s+(?:(?:my|our|his|her|their|the|a|an|one|some)\s+(?:[a-z]+\s+){1,3})?(?:being|having|taking|swallowing|"
    r"getting|giving|handing|prescribing|pouring)\b|\b(?:was|were|is|has\s+been|have\s+been)\s+tested\s+(?:with|at|in)\b|"
    r"\b(?:was|were)\s+(?:once\s+|always\s+)?(?:handed|tried|compared)\b|"
    r"\b(?:groups?|arms?|cohorts?|volunteers|subjects)\s+(?:took|had|received|got|swallowed|was|were)\b|"
    r"(?:older|old|outdated|early|earlier)\s+(?:(?:text)?books?|texts?|editions?|papers?|labels?|lists?)\b|nobody\s+does\s+(?:that|so|it)\b|"
    r"(?<!\bif )(?:my|our|his|her|their|an?|one|some)\s+[a-z-]+(?:\s+[a-z-]+)?\s+(?:once\s+|then\s+)?(?:took|swallowed|gulped|downed)\b|"
    r"\bby\s+(?:mistake|accident)\b|\baccidentally\b|\bwho\s+(?:has\s+|have\s+)?swallow(?:s|ed)?\b|"
    r"\b(?:an?|one)\s+(?:[a-z]+\s+)?(?:steak|nut|orange|banana|egg|apple|carrot|kiwi|avocado|potato|herring|salmon|portion|handful|plate|mug|cup|bar|tin|spoonful|serving|piece)\s+(?:of\s+(?:[a-z]+\s+){1,3})?"
    r"(?:gives|brings|has|holds|carries)\b|\b(?:brings|yields|supplies)\s+(?:you\s+)?(?:about\s+|around\s+|roughly\s+|some\s+)?\d[\d.,]*|"
    r"\b(?:not|n['’]t)\s+true\s+that\b|\bmyth\b|\bnonsense\b|\bprinted\s+on\s+(?:your|the|an?)\s+old\b|"
    r"(?:does|do)\s+nothing\s+(?:for|against|to)\b|(?:is|are)\s+(?:of\s+no\s+use|useless|pointless|a\s+waste)\b|makes?\s+no\s+difference\b|"
    r"(?:old|former|bad|early|previous|earlier)\s+(?:habit|rule|way|practice|advice|teaching|custom|fashion|regimen|protocol|leaflet|card|"
    r"guideline)s?\b|the\s+old\s+\d[\d.,]*|\b(?:my|our|his|her|their|the)\s+(?:old|former)\s+(?:daily\s+)?(?:dose|strength)\b|"
    r"(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bbeen )(?<!\bget )used\s+to\s+(?:[a-z]+\s+)?(?:give|take|prescribe|have|start|swallow|recommend|hand|teach|say|advise|order|treat)\b|"
    r"(?<=\d)\s?(?:m?c?g|[µμ]g|micrograms|units|iu)(?:\s+(?:(?:once|twice|(?:three|four)\s+times)\s+)?(?:a|per)\s+(?:day|night|week)|\s+(?:(?:once|twice)\s+)?daily)?"
    r"(?:\s+of\s+[a-z][a-z ]{2,30}?)?\s+(?:was|were)\s+(?:only\s+|just\s+|meant\s+|never\s+|given\s+|there\s+)?(?:for|because|temporary|history|a\s+one-?off|his|hers|theirs)\b|"
    r"\b(?:was|were)\s+(?:[a-z]+\s+){0,2}(?:better|worse|superior|inferior|non-?inferior|as\s+(?:good|effective))\b|back\s+then\b|in\s+those\s+days"
)
"""Words of what was once done, or done to somebody: nobody's advice. Behind "if" it may be anybody's case."""


def without_asides(text: str) -> str:
    """``text`` with its asides blanked, every offset kept."""
    if text.count(",") < 2:
        return text
    return _ASIDE.sub(lambda hit: " " * len(hit.group()), text)


_ON_OM = regex(
    r"\d\s?(?:m?c?g|[µμ]g|mL|ml|units?|tab(?:let)?s?|cap(?:sule)?s?)\s+(?:ON|OM)\b(?!\s+(?:[A-Z]|the|a|day)\w*)"
)


def on_or_om(text: str) -> bool:
    """Whether an amount is to be taken ON or OM, every night or morning, as British formularies write it."""
    return (" ON" in text or " OM" in text) and _ON_OM.search(text) is not None
