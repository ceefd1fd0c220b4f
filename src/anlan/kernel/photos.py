"""Photos as they may be kept: re-encoded, of bounded size, without any metadata."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from anlan.kernel.errors import InvalidError, TooLargeError

UPLOAD_LIMIT_BYTES = 5 * 1024 * 1024
LONGEST_SIDE_PIXELS = 1600
PIXEL_LIMIT = 50_000_000
JPEG_QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")


def clean_photo(uploaded: bytes, *, field: str = "photo") -> bytes:
    """Return `uploaded` as an upright JPEG of at most `LONGEST_SIDE_PIXELS`, without metadata.

    Only the pixels are carried over: place, time, device and maker's notes stay behind.

    Raises
    ------
    TooLargeError
        Over `UPLOAD_LIMIT_BYTES` or `PIXEL_LIMIT`.
    InvalidError
        Not a whole JPEG, PNG or WebP picture.
    """
    if len(uploaded) > UPLOAD_LIMIT_BYTES:
        raise TooLargeError(code="photo.too_large", field=field, rule="at_most_5_mb")
    try:
        with Image.open(io.BytesIO(uploaded), formats=FORMATS) as picture:
            if picture.width * picture.height > PIXEL_LIMIT:
                raise _too_many_pixels(field)
            picture.draft("RGB", (LONGEST_SIDE_PIXELS, LONGEST_SIDE_PIXELS))
            # Smaller first: every copy of the whole would be another 200 MB at the limit.
            picture.thumbnail((LONGEST_SIDE_PIXELS, LONGEST_SIDE_PIXELS))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except Image.DecompressionBombError:
        raise _too_many_pixels(field) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise InvalidError(code="photo.unreadable", field=field, rule="jpeg_png_or_webp") from None
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    kept = io.BytesIO()
    bare.save(kept, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return kept.getvalue()


def _too_many_pixels(field: str) -> TooLargeError:
    return TooLargeError(code="photo.too_large", field=field, rule="at_most_50_megapixels")
