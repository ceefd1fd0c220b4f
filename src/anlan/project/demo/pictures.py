"""Photos of work that was done: plainly drawn, never a picture of a real place."""

import io

import numpy as np
from PIL import Image, ImageDraw

SIZE_PX = (640, 480)
HORIZON_PX = 300
QUALITY_PERCENT = 75
SKIES = ((176, 204, 226), (205, 214, 220), (148, 178, 209))
GROUNDS = ((118, 120, 124), (142, 134, 122), (104, 124, 98))
MARKS = ((232, 150, 58), (64, 128, 88), (72, 104, 160), (190, 66, 58))


def draw_photo(number: int) -> bytes:
    """Return a JPEG of a street, a house and a piece of work; the same number gives the same."""
    rng = np.random.default_rng(number)
    image = Image.new("RGB", SIZE_PX, SKIES[rng.integers(len(SKIES))])
    draw = ImageDraw.Draw(image)
    width, height = SIZE_PX
    left = 0
    while left < width:
        wide, high = int(rng.integers(70, 150)), int(rng.integers(90, 240))
        wall = tuple(int(part) for part in rng.integers(150, 225, 3))
        draw.rectangle((left, HORIZON_PX - high, left + wide, HORIZON_PX), fill=wall)
        for x in range(left + 12, left + wide - 18, 28):
            for y in range(HORIZON_PX - high + 14, HORIZON_PX - 26, 34):
                draw.rectangle((x, y, x + 12, y + 18), fill=(92, 108, 124))
        left += wide
    draw.rectangle((0, HORIZON_PX, width, height), fill=GROUNDS[rng.integers(len(GROUNDS))])
    draw.line((0, HORIZON_PX + 90, width, HORIZON_PX + 90), fill=(226, 224, 214), width=6)
    x, y, size = int(rng.integers(120, 460)), HORIZON_PX + 60, int(rng.integers(50, 100))
    draw.ellipse((x, y, x + size, y + size // 2), fill=MARKS[rng.integers(len(MARKS))])
    written = io.BytesIO()
    image.save(written, "JPEG", quality=QUALITY_PERCENT)
    return written.getvalue()
