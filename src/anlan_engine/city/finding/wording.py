"""What people type of a place, in the form in which names are kept."""

import re
from collections.abc import Iterator

from pypinyin import lazy_pinyin

from anlan_engine.city.folding import folded

CHINESE = re.compile(r"[\u3400-\u9fff]+")
_NUMERAL = re.compile(r"[零〇一二三四五六七八九十百]+(?=号|號|弄|栋|幢)")
_DIGITS = {"零": 0, "〇": 0} | {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}
_TENS = {"十": 10, "百": 100}
_CROSSING = re.compile(
    r"\s*[/／&＆×@]\s*|\s+(?:and|x|corner of|och|ja|und)\s+"
    r"|(?<=[\u3400-\u9fff])[与和跟](?=[\u3400-\u9fff])",
    re.IGNORECASE,
)
_CORNER = re.compile(
    r"^\s*(?:the\s+)?(?:corner|crossing|junction|intersection)\s+of\s+"
    r"|(?:的?交叉口|的?交汇处|路口|十字路口)\s*$",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Fold a text, with Chinese house numbers as digits: 五号 is kept as 5号."""
    return folded(_NUMERAL.sub(lambda numeral: str(_value(numeral[0])), text))


def _value(numeral: str) -> int:
    """Read a Chinese number below a thousand; digits one after the other stand for themselves."""
    if not any(sign in _TENS for sign in numeral):
        return int("".join(str(_DIGITS[sign]) for sign in numeral))
    total = digit = 0
    for sign in numeral:
        if sign in _TENS:
            total += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def sounded(text: str) -> str:
    """Give a folded text with its Chinese as pinyin without tones: what sounds alike is alike."""
    return CHINESE.sub(lambda run: "".join(syllables(run[0])), text)


def syllables(run: str) -> list[str]:
    """Give the folded pinyin of each Chinese character."""
    return [folded(syllable) for syllable in lazy_pinyin(run)]


def streets_of_crossing(text: str) -> tuple[str, str] | None:
    """Part "A / B", "corner of A and B" or "A与B路口" into two names; None for anything else."""
    parts = [part for part in _CROSSING.split(_CORNER.sub("", text)) if folded(part)]
    return (parts[0], parts[1]) if len(parts) == 2 else None


def joins_streets(between: str) -> bool:
    """Tell whether the words between two streets, or no word at all, make them a crossing."""
    word = between.strip()
    return word in {"", "与", "和", "跟"} or _CROSSING.fullmatch(f" {word} ") is not None


def tokens(line: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word of a line that is not Chinese, folded, with where it begins and ends."""
    for word in re.finditer(r"[^\W_\u3400-\u9fff]+(?:['’][^\W_\u3400-\u9fff]+)*", line):
        if text := folded(word[0]):
            yield text, word.start(), word.end()
