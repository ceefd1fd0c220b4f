"""Files that residents send as photos, and that are none, or too much, or lie."""

import io
import struct
import zipfile
import zlib
from datetime import timedelta

import pytest
from PIL import ExifTags, Image
from tests.people import EVERYTHING

from anlan.casework.models import Case, CasePhoto
from anlan.dispatch.models import Incident
from anlan.flows.pages.tests.pages import LAMP, Page, Visitor, photo, picture, reports
from anlan.intake.models import Contact, Report, ReportPhoto
from anlan.kernel.clock import now
from anlan.kernel.models import KeptReply, OutboxEntry
from anlan.kernel.photos import UPLOAD_LIMIT_BYTES
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
WRITTEN = (Report, ReportPhoto, Contact, Case, CasePhoto, Incident, OutboxEntry, KeptReply)
TOO_MANY_PIXELS = (20_000, 20_000)


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """Return a PNG whose head says so many pixels (grey, 8 bits), with chunks after its head."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [b"\x89PNG\r\n\x1a\n"]
    for kind, content in ((b"IHDR", head), *chunks, (b"IEND", b"")):
        check = zlib.crc32(kind + content)
        parts.append(struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check))
    return b"".join(parts)


def bomb() -> bytes:
    """Return a whole PNG of 400 megapixels in 400 KB."""
    width, height = TOO_MANY_PIXELS
    packer = zlib.compressobj(9)
    row = bytes(width + 1)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return png(width, height, (b"IDAT", body))


def text_bomb() -> bytes:
    """Return a PNG of one pixel with a note that unpacks to 256 MB."""
    packer = zlib.compressobj(9)
    note = b"".join(packer.compress(bytes(1 << 20)) for _ in range(256)) + packer.flush()
    pixel = (b"IDAT", zlib.compress(b"\0\0"))
    return png(1, 1, (b"zTXt", b"note\0\0" + note), pixel)


def archive() -> bytes:
    """Return a ZIP of 64 MB of nothing."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("photo.jpg", bytes(64 << 20))
    return file.getvalue()


def written() -> dict[str, int]:
    with scoped(EVERYTHING):
        return {table.__name__: table.objects.count() for table in WRITTEN}


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (archive, "no photo that can be read"),
        (text_bomb, "no photo that can be read"),
        (bomb, "more than 50 megapixels"),
        (lambda: picture() + bytes(UPLOAD_LIMIT_BYTES), "larger than 5 MB"),
        (lambda: b"MZ" + bytes(4_000), "no photo that can be read"),
    ],
    ids=["archive", "text bomb", "bomb", "too heavy", "program"],
)
def test_what_is_no_photo_is_refused_by_field_and_rule_and_leaves_nothing(make, said):
    content, before = make(), written()
    sent = Page(Visitor().send(**LAMP, telephone="+358 40 5556667", photo=photo(content)))
    assert (sent.status, sent.wrong()) == (422, {"photo"})
    assert said in sent.text
    assert written() == before


def test_refused_photo_leaves_the_form_as_it_was_and_a_good_one_is_taken():
    visitor = Visitor()
    refused = Page(visitor.send(**LAMP, photo=photo(b"no picture")))
    assert refused.values["text"] == LAMP["text"]
    number = visitor.report(key=refused.values["key"], photo=photo(picture()))
    (report,) = reports()
    assert report.number == number


def test_photo_from_the_future_is_believed_in_nothing():
    told = Image.Exif()
    told[ExifTags.Base.DateTime] = "2199:01:01 00:00:00"
    told.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2199:01:01 00:00:00"
    told.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSDateStamp] = "2199:01:01"
    before = now()
    Visitor().report(photo=photo(picture(exif=told.tobytes())))
    (report,) = reports()
    assert before <= report.received_at <= now() < before + timedelta(days=1)
    with scoped(EVERYTHING):
        (kept,) = CasePhoto.objects.filter(case_id=report.case_id)
    assert b"2199" not in bytes(kept.jpeg)
    with Image.open(io.BytesIO(bytes(kept.jpeg))) as shown:
        assert dict(shown.getexif()) == {}
