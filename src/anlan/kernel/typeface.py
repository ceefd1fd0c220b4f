"""The console's own typeface for what goes on paper, with the characters that a text needs.

The console is built with Noto Sans SC (OFL 1.1) in about a hundred slices of variable outlines,
each for some of the characters; its style sheet says which. A server has them wherever it has the
console, so that paper looks like the screen and needs no typeface of the system. The outlines of
the characters asked for are drawn at one weight into a small typeface that any reader embeds.
"""

import io
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from anlan.kernel.errors import UnavailableError

FAMILY = "Noto Sans SC"
REGULAR, BOLD = 400, 700
SLICES_KEPT = 128
UNITS_PER_EM = 1000
ASCENT, DESCENT = 1160, -288
MISSING = ".notdef"
_READING = threading.Lock()
"""Tables of a kept slice are read when first asked for, by one thread at a time."""
_FACE = re.compile(
    r"@font-face\{[^}]*?/(?P<file>noto-sans-sc-[\w-]+\.woff2)[^}]*?unicode-range:(?P<range>[^;}]+)"
)


class NoTypefaceError(UnavailableError):
    """The console is not built here, so that there is no typeface to write with."""

    code = "paper.no_typeface"


@dataclass(frozen=True, slots=True)
class Slice:
    """A file of outlines and the first and last of each range of its characters."""

    file: Path
    ranges: tuple[tuple[int, int], ...]

    def has(self, character: int) -> bool:
        """Whether the outline of a character is here."""
        return any(low <= character <= high for low, high in self.ranges)


def typeface(folder: Path, characters: Iterable[str], weight: int) -> bytes:
    """Return a TrueType file with some characters at a weight, from the console in `folder`.

    What the typeface has no outline for is left out: a reader shows its sign for that.
    """
    with _READING:
        return _drawn(slices_in(folder / "assets"), {ord(one) for one in characters}, weight)


def _drawn(slices: tuple["Slice", ...], codes: set[int], weight: int) -> bytes:
    glyphs, widths, names = {MISSING: TTGlyphPen(None).glyph()}, {MISSING: UNITS_PER_EM // 2}, {}
    for code in sorted(codes):
        found = next((one for one in slices if one.has(code)), None)
        name = found and outlines(found.file).getBestCmap().get(code)
        if found is None or name is None:
            continue
        own = f"u{code:05X}"
        drawn = outlines(found.file).getGlyphSet(location={"wght": weight})
        lines = DecomposingRecordingPen(drawn)
        drawn[name].draw(lines)
        pen = TTGlyphPen(None)
        lines.replay(pen)
        glyphs[own], widths[own], names[code] = pen.glyph(), round(drawn[name].width), own
    return _file(glyphs, widths, names, weight)


def _file(
    glyphs: dict[str, object], widths: dict[str, int], names: dict[int, str], weight: int
) -> bytes:
    made = FontBuilder(UNITS_PER_EM, isTTF=True)
    made.setupGlyphOrder(list(glyphs))
    made.setupCharacterMap(names)
    made.setupGlyf(glyphs)
    left = made.font["glyf"]
    bearings = {name: getattr(left[name], "xMin", 0) for name in glyphs}
    made.setupHorizontalMetrics({name: (widths[name], bearings[name]) for name in glyphs})
    made.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    style = "Bold" if weight >= BOLD else "Regular"
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    made.setupNameTable({"familyName": FAMILY, "styleName": style, "psName": postscript})
    made.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT, usWeightClass=weight, fsType=0)
    made.setupPost()
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@lru_cache(maxsize=2)
def slices_in(assets: Path) -> tuple[Slice, ...]:
    """Return the slices that the style sheets of a built console name."""
    found = tuple(
        Slice(assets / face["file"], _ranges(face["range"]))
        for sheet in sorted(assets.glob("*.css"))
        for face in _FACE.finditer(sheet.read_text(encoding="utf-8"))
    )
    if not found:
        raise NoTypefaceError
    return found


def _ranges(written: str) -> tuple[tuple[int, int], ...]:
    """Return `U+a-b,U+c??` as pairs of first and last."""
    found = []
    for one in written.split(","):
        low, _, high = one.strip().upper().removeprefix("U+").partition("-")
        last = high or low.replace("?", "F")
        found.append((int(low.replace("?", "0"), 16), int(last, 16)))
    return tuple(found)


@lru_cache(maxsize=SLICES_KEPT)
def outlines(file: Path) -> TTFont:
    """Return a slice's outlines, kept once they have been read."""
    return TTFont(file, lazy=True)
