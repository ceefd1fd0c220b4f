"""Words for people, in zh-CN and English: each room keeps its own in `messages/<language>.toml`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from anlan.kernel.text_files import read_toml

LANGUAGES = ("zh-CN", "en")
ROOMS = Path(__file__).resolve().parents[1]


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return every message of `language` by its key."""
    words: dict[str, str] = {}
    for file in sorted(ROOMS.rglob(f"messages/{language}.toml")):
        words.update(_flat(read_toml(file)))
    return words


def _flat(tree: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, Mapping):
            found.update(_flat(value, f"{prefix}{key}."))
        else:
            found[prefix + key] = str(value)
    return found


def word(key: str, language: str, **facts: object) -> str:
    """Return the message `key` in `language` with `facts` filled in; the key itself if unknown."""
    text = catalogue(language).get(key)
    if text is None:
        return key
    return text.format_map(_Blank({name: str(value) for name, value in facts.items()}))


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def language_of(accepted: str) -> str:
    """Return the best language for an Accept-Language header (RFC 9110, 12.5.4), else zh-CN."""
    ranked: list[tuple[float, str]] = []
    for part in accepted.split(",")[:20]:
        tag, _, parameters = part.strip().partition(";")
        quality = parameters.strip().removeprefix("q=") if parameters else "1"
        try:
            weight = float(quality)
        except ValueError:
            continue
        ranked.append((-weight, tag.strip().lower()))
    for weight, tag in sorted(ranked, key=lambda pair: pair[0]):
        if weight == 0:
            continue
        if tag.startswith("en"):
            return "en"
        if tag.startswith("zh"):
            return "zh-CN"
    return LANGUAGES[0]
