"""Photos: only pixels are kept, within bounds; everything else is refused."""

import io
import struct
import zlib

import pytest
from PIL import Image

from anlan.kernel.errors import InvalidError, TooLargeError
from anlan.kernel.photos import LONGEST_SIDE_PIXELS, UPLOAD_LIMIT_BYTES, clean_photo

ORIENTATION, MAKER, DESCRIPTION, GPS = 0x0112, 0x010F, 0x010E, 0x8825
SECRET = b"taken at the kitchen window"


def picture(form: str, size: tuple[int, int] = (64, 48), **saved: object) -> bytes:
    file = io.BytesIO()
    image = Image.new("RGB", size, (200, 60, 40))
    image.paste((20, 60, 200), (0, 0, size[0] // 2, size[1]))
    image.save(file, form, **saved)
    return file.getvalue()


def exif() -> Image.Exif:
    told = Image.Exif()
    told[MAKER], told[DESCRIPTION], told[ORIENTATION] = "maker", SECRET.decode(), 6
    told.get_ifd(GPS)[2] = (60.0, 10.0, 9.0)
    return told


def opened(kept: bytes) -> Image.Image:
    return Image.open(io.BytesIO(kept))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_metadata_stays_behind(form):
    uploaded = picture(form, exif=exif())
    assert SECRET in uploaded
    kept = clean_photo(uploaded)
    assert SECRET not in kept
    image = opened(kept)
    assert (image.format, image.mode) == ("JPEG", "RGB")
    assert len(image.getexif()) == 0
    assert not {"exif", "icc_profile", "comment", "photoshop", "xmp"} & image.info.keys()


def test_comment_and_profile_stay_behind():
    kept = clean_photo(picture("JPEG", comment=SECRET, icc_profile=SECRET))
    assert SECRET not in kept


def test_picture_is_turned_upright_before_its_orientation_is_lost():
    image = opened(clean_photo(picture("JPEG", size=(64, 48), exif=exif())))
    assert image.size == (48, 64)


def test_large_picture_is_made_smaller_and_keeps_its_shape():
    image = opened(clean_photo(picture("PNG", size=(4000, 1000))))
    assert image.size == (LONGEST_SIDE_PIXELS, LONGEST_SIDE_PIXELS // 4)


def test_small_picture_keeps_its_size():
    assert opened(clean_photo(picture("PNG", size=(3, 2)))).size == (3, 2)


def test_file_over_the_limit_is_refused():
    with pytest.raises(TooLargeError) as refused:
        clean_photo(b"\xff\xd8" + bytes(UPLOAD_LIMIT_BYTES), field="photo")
    assert (refused.value.field, refused.value.rule) == ("photo", "at_most_5_mb")


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that says it has very many pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("size", [(10_000, 5_001), (30_000, 30_000), (2**31 - 1, 2**31 - 1)])
def test_picture_of_too_many_pixels_is_refused_unopened(size):
    with pytest.raises(TooLargeError) as refused:
        clean_photo(bomb(*size), field="photo")
    assert (refused.value.field, refused.value.rule) == ("photo", "at_most_50_megapixels")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_truncated_picture_is_refused(form, share):
    whole = picture(form, size=(300, 200))
    with pytest.raises(InvalidError) as refused:
        clean_photo(whole[: int(len(whole) * share)])
    assert (refused.value.named, refused.value.rule) == ("photo.unreadable", "jpeg_png_or_webp")


@pytest.mark.parametrize(
    "uploaded",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        picture("GIF"),
        picture("TIFF"),
        picture("BMP"),
        bytes(range(256)) * 64,
    ],
)
def test_what_is_no_photo_is_refused(uploaded):
    with pytest.raises(InvalidError) as refused:
        clean_photo(uploaded)
    assert refused.value.named == "photo.unreadable"
