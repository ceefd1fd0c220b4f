"""How every screen looks, kept small: one sheet a screen, a cell for each story of it.

Rows are what is there to show and in which language (`stories.SHOWN`), columns day and night.

A cell is the screen at an eighth of its size: each pixel the mean of 8 by 8 of its own. Whoever
moves a box, loses a line or changes a colour changes some of them by much; letters whose edges
are drawn a little otherwise by another machine change them by next to nothing.
"""

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tests.browser.stories import DESK, PHONE, SHOWN, THEMES, Story, screens
from tests.live import CHECKOUT

FOLDER = Path(__file__).parent / "looks"
FOUND = Path("test-results") / "looks"
"""What differs is written here: as it is, as it should be, and where."""
PICTURES = CHECKOUT / "docs" / "pictures"
PICTURED = (
    "agreements", "cases", "crew", "inbox", "incidents", "overview", "plan", "reports",
    "run-cards", "units", "units-one", "wall", "warnings",
)  # fmt: skip
"""Screens that the documentation shows, some rows by day. A map is not drawn in a story: what has
one is taken from a demonstration (`take_pictures`)."""
SCALE = 8
LEVELS = 32
"""So many shades a colour keeps in a sheet; the tolerance is wider than one of them."""
TOLERANCE = 20
"""By so much, of 255, a pixel of a cell may differ in one of its colours, …"""
TOLERATED = 10
"""… and so many pixels may differ by more: a letter, not a word."""

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Cell:
    """A story of a screen: in which language, with how much data, by day or by night."""

    language: str
    data: str
    theme: str

    @property
    def place(self) -> tuple[int, int]:
        """Return the row and the column of the cell in its sheet."""
        return SHOWN.index((self.data, self.language)), THEMES.index(self.theme)


def size_of(story: Story) -> tuple[int, int]:
    """Return the height and the width of a cell of a screen's sheet."""
    screen = PHONE if story.phone else DESK
    return screen["height"] // SCALE, screen["width"] // SCALE


def shrunk(shot: bytes, story: Story) -> Pixels:
    """Return the cell of a picture of a screen."""
    height, width = size_of(story)
    image = Image.open(io.BytesIO(shot))
    image = image.convert("RGB").crop((0, 0, width * SCALE, height * SCALE)).reduce(SCALE)
    step = 256 // LEVELS
    return (np.asarray(image) // step * step + step // 2).astype(np.uint8)


def sheet_named(name: str) -> Path:
    """Return the file of a screen's sheet."""
    return FOLDER / f"{name}.png"


def picture_of(name: str, language: str) -> Path:
    """Return the file in which the documentation shows a screen."""
    return PICTURES / language / f"{name}.png"


class Sheet:
    """The cells of a screen, as they are kept."""

    def __init__(self, story: Story) -> None:
        """Read the sheet, or begin one."""
        self._file = sheet_named(story.name)
        self._height, self._width = size_of(story)
        shape = (self._height * len(SHOWN), self._width * len(THEMES), 3)
        self._pixels = np.zeros(shape, np.uint8)
        if self._file.exists():
            kept = np.asarray(Image.open(self._file).convert("RGB"))
            if kept.shape == shape:
                self._pixels = kept.copy()

    def cell(self, cell: Cell) -> Pixels:
        """Return one cell; what is written to it is kept."""
        row, column = cell.place
        rows = slice(row * self._height, (row + 1) * self._height)
        return self._pixels[rows, column * self._width : (column + 1) * self._width]

    def keep(self, cell: Cell, pixels: Pixels) -> None:
        """Take a cell anew."""
        self.cell(cell)[:] = pixels

    def write(self) -> None:
        """Write the sheet."""
        FOLDER.mkdir(exist_ok=True)
        Image.fromarray(self._pixels).save(self._file, optimize=True)


def unlike_screens() -> list[str]:
    """Return the screens without a sheet, and the sheets without a screen."""
    kept = {path.stem for path in FOLDER.glob("*.png")}
    return sorted(kept ^ {story.name for story in screens()})


def differing(seen: Pixels, kept: Pixels) -> NDArray[np.bool_]:
    """Return which pixels of a cell differ by more than another machine's letters do."""
    apart = np.abs(seen.astype(np.int16) - kept.astype(np.int16)).max(axis=2)
    return apart > TOLERANCE


def fault_of(story: Story, cell: Cell, shot: bytes, kept: Pixels) -> str | None:
    """Return where a picture differs from what is kept, in the screen's pixels; None where not.

    What differs is written beside, with a frame around where.
    """
    seen = shrunk(shot, story)
    apart = differing(seen, kept)
    if apart.sum() <= TOLERATED:
        return None
    rows, columns = np.nonzero(apart)
    box = [
        int(edge) * SCALE for edge in (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    ]
    name = f"{story.name}-{cell.data}-{cell.language}-{cell.theme}"
    FOUND.mkdir(parents=True, exist_ok=True)
    (FOUND / f"{name}.jpg").write_bytes(shot)
    marked = np.where(apart[..., None], np.array([255, 0, 80], np.uint8), seen // 2)
    beside = np.concatenate([kept, seen, marked.astype(np.uint8)], axis=1)
    image = Image.fromarray(beside)
    size = (image.width * 4, image.height * 4)
    image.resize(size, Image.Resampling.NEAREST).save(FOUND / f"{name}.png")
    return f"{name}: {int(apart.sum())} of {apart.size} differ, between {box[:2]} and {box[2:]}"
