"""What no item may be about: a kind of person, a gathering, belief, speech, tenancy, a visitor.

The subject of a case is a place, a thing, a site or a request (`docs/boundaries.md`). These words
are not configuration: a file that uses one is refused wherever it stands.
"""

import re

_ENGLISH = (
    "petition(?:s|er|ers|ing)?|protest(?:s|er|ers)?|demonstrat(?:or|ors|ions?)|assembl(?:y|ies)|"
    "gatherings?|crowds?|rall(?:y|ies)|speech(?:es)?|opinions?|rumou?rs?|"
    "religio(?:n|ns|us)|beliefs?|worship|sects?|cults?|ethnic\\w*|nationalit(?:y|ies)|"
    "foreigners?|migrants?|refugees?|tenan(?:t|ts|cy|cies)|lodgers?|visitors?|homeless|vagrants?|"
    "beggars?|addicts?|drunks?|drunken|mentally ill|mental patients?|offenders?|convicts?|"
    "parolees?|suspects?|gangs?|prostitut\\w*|key persons?|persons? of interest|"
    "social stability|face recognition|(?:number|licence|license) plates?|identity cards?"
)
_CHINESE = (
    "信访|上访|请愿|集会|游行|示威|聚集|聚众|罢工|言论|舆情|谣言|宗教|信仰|邪教|民族|外国人|"
    "流动人口|外来人口|暂住|租客|租户|租住|出租屋|群租|访客|来访人员|流浪|乞讨|吸毒|醉酒|精神病|"
    "精神障碍|刑满|矫正|前科|嫌疑人|重点人员|重点人群|特殊人群|可疑人员|维稳|稳控|卖淫|人脸|车牌|"
    "身份证"
)
_WORDS = re.compile(rf"\b(?:{_ENGLISH})\b|{_CHINESE}", re.IGNORECASE)


def word_kept_out(text: str) -> str | None:
    """Return the first word of a text that no item may use, None where there is none."""
    found = _WORDS.search(text)
    return found.group() if found else None
