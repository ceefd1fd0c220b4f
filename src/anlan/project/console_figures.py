"""What the built console weighs and where it would ask: read from the files that are handed out.

The build says in its manifest what imports what. A screen is open when its entry, one language and
everything that they import have come; what is fetched later, with the first opening of a dialog,
does not count. Weights are those of the brotli twins, which browsers take over TLS.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

MANIFEST = Path(".vite") / "manifest.json"
PAGE = "index.html"
LANGUAGES = ("src/i18n/en.json?first", "src/i18n/zh-CN.json?first")
MAP = ("src/map/DrawnMap.tsx", "node_modules/maplibre-gl/src/source/worker.ts")
DESK_SCREENS = ("src/features/dispatch/MapPage.tsx", "src/app/CallScreen.tsx")
"""Where those start who have the map before them at once."""
PHONE_SCREENS = ("src/features/crew/CrewPage.tsx", "src/features/field/FieldPage.tsx")

CONSOLE_LIMIT_KB = 450.0
PHONE_LIMIT_KB = 200.0
KB_BYTES = 1_000

TEXTS = frozenset({".js", ".mjs", ".css", ".html", ".svg", ".webmanifest"})
ADDRESS = re.compile(
    r"""(?:(?:https?|wss?):)?//(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)[^\s"'`<>)\\]*"""
)
OPENS_STRING = frozenset("\"'`(=")
COMMENT = re.compile(r"/\*.*?\*/|<!--.*?-->", re.DOTALL)
NAMESPACE = re.compile(r"http://www\.w3\.org/(?:1998/Math/MathML|1999/xhtml|1999/xlink|2000/svg|"
                       r"XML/1998/namespace)")  # fmt: skip
WORDS_ONLY: Mapping[str, str] = {
    "https://github.com/mapbox/mapbox-gl-js/issues/": "in an error that the map's library throws",
    "https://github.com/ungap/url-search-params": "in a message of the router",
    "https://maplibre.invalid/": "an origin that never resolves, to parse addresses against",
    "https://maplibre.org/": "the link of a credit line that our maps do not show",
    "https://react.dev/errors/": "in the errors that React throws",
    "https://react.i18next.com/": "in a warning of the translator",
    "https://reactrouter.com/": "in an error that the router throws",
    "https://wiki.openstreetmap.org/": "in a message of the map's library",
}
"""Addresses that stand in words of libraries and are never asked for, by what they begin with."""


@dataclass(frozen=True)
class Figures:
    """What `anlan check console` prints; lists are empty when all is well."""

    missing_messages: Sequence[str]
    unused_messages: Sequence[str]
    foreign_hosts: Sequence[str]
    console_js_kb: float
    phone_js_kb: float

    def as_json(self) -> str:
        """Return the figures as text that a program reads."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"


def faults(figures: Figures) -> Iterator[str]:
    """Yield what is over its budget or should not be."""
    yield from (f"no message: {one}" for one in figures.missing_messages)
    yield from (f"no use: {one}" for one in figures.unused_messages)
    yield from (f"asks elsewhere: {one}" for one in figures.foreign_hosts)
    for name, weight, limit in (
        ("the console with its map", figures.console_js_kb, CONSOLE_LIMIT_KB),
        ("a screen for telephones", figures.phone_js_kb, PHONE_LIMIT_KB),
    ):
        if weight > limit:
            yield f"{name} is {weight} kB of JavaScript; at most {limit:.0f}"


def weights(folder: Path) -> tuple[float, float]:
    """Return the weight of the heaviest start with the map, and on a telephone without it, in kB.

    KeyError when the build lacks one of the screens; OSError when there is no build.
    """
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))

    def heaviest(screens: Iterable[str], more: Sequence[str]) -> float:
        starts = ((PAGE, language, screen, *more) for screen in screens for language in LANGUAGES)
        heaviest_bytes = max(sum(sizes(folder, manifest, start)) for start in starts)
        return round(heaviest_bytes / KB_BYTES, 1)

    return heaviest(DESK_SCREENS, MAP), heaviest(PHONE_SCREENS, ())


def sizes(folder: Path, manifest: Mapping[str, Any], starts: Iterable[str]) -> Iterator[int]:
    """Yield the bytes of each script that the starts need, each script once."""
    wanted, seen = list(starts), set()
    while wanted:
        name = wanted.pop()
        if name in seen:
            continue
        seen.add(name)
        wanted += manifest[name].get("imports", [])
        file = folder / manifest[name]["file"]
        twin = file.with_name(f"{file.name}.br")
        yield (twin if twin.is_file() else file).stat().st_size


def foreign_hosts(folder: Path) -> list[str]:
    """Return the addresses of other hosts in what was built, with the file.

    An address counts unless it stands in a comment (licences), names an XML vocabulary, or begins
    one of `WORDS_ONLY`. An address without a scheme counts where it begins a string.
    """
    files = sorted(file for file in folder.rglob("*") if file.suffix in TEXTS)
    return sorted({one for file in files for one in _foreign(file)})


def _foreign(file: Path) -> Iterator[str]:
    text = COMMENT.sub("", file.read_text(encoding="utf-8"))
    for found in ADDRESS.finditer(text):
        address = found.group()
        before = text[max(0, found.start() - 1) : found.start()]
        begins = not address.startswith("//") or before in OPENS_STRING
        if begins and not NAMESPACE.match(address) and not address.startswith(tuple(WORDS_ONLY)):
            yield f"{found['host']} in {file.name}"
