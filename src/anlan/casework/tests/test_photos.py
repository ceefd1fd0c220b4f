"""Photos of a case: evidence of the handling, without what the camera wrote."""

import io

import pytest
from PIL import Image

from anlan.casework.errors import TooManyPhotosError
from anlan.casework.models import PHOTOS_PER_CASE_LIMIT, Case
from anlan.casework.services import Filing, file_case
from anlan.casework.tests.office import PAVEMENT, PLACE, kept, picture
from anlan.kernel.photos import UPLOAD_LIMIT_BYTES
from anlan.kernel.scope import scoped
from anlan.orgs.sign_in import VISITOR

pytestmark = pytest.mark.django_db
CELL = 990101001001001


def add(office, case_id, desk=None, file=None):
    return (desk or office.works).upload(f"cases/{case_id}/photos", {"photo": file or picture()})


def test_item_with_photo_evidence_is_not_reported_without_one(office):
    case_id = office.file(PAVEMENT)
    office.bring(case_id, "assign")
    before = kept(case_id)
    reply = office.move(case_id, "report")
    assert (reply.status_code, reply.json()["code"]) == (409, "case.photo_missing")
    assert kept(case_id) == before
    assert add(office, case_id).status_code == 201
    assert office.move(case_id, "report").status_code == 200


def test_photo_of_what_was_found_is_no_evidence_of_the_handling(office):
    case_id = office.file(PAVEMENT)
    assert add(office, case_id, office.officer).json()["phase"] == "FILED"
    office.bring(case_id, "assign")
    assert office.move(case_id, "report").json()["code"] == "case.photo_missing"


def test_rework_asks_for_a_new_photo(office):
    case_id = office.file(PAVEMENT)
    office.bring(case_id, "assign")
    add(office, case_id)
    office.bring(case_id, "report", "rework")
    assert office.move(case_id, "report").json()["code"] == "case.photo_missing"
    add(office, case_id)
    assert office.move(case_id, "report").status_code == 200


def test_photo_loses_what_the_camera_wrote(office):
    exif = Image.Exif()
    exif[0x010F] = "Camera maker"
    exif[0x9003] = "2026:11:21 08:00:00"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (60.0, 10.0, 12.0)
    upload = picture(exif=exif, comment=b"written by the telephone")
    assert b"Camera maker" in upload.getvalue()
    case_id = office.file()
    photo_id = add(office, case_id, office.officer, upload).json()["id"]
    reply = office.centre.get(f"photos/{photo_id}")
    assert (reply.status_code, reply["Content-Type"]) == (200, "image/jpeg")
    for written in (b"Camera maker", b"2026:11:21", b"written by", b"Exif"):
        assert written not in reply.content
    with Image.open(io.BytesIO(reply.content)) as kept_photo:
        assert (kept_photo.format, kept_photo.size) == ("JPEG", (64, 48))
        assert not kept_photo.getexif()


def test_photo_is_on_the_page_of_its_case(office):
    case_id = office.file()
    added = add(office, case_id, office.officer).json()
    assert office.centre.get(f"cases/{case_id}").json()["photos"] == [added]


def test_only_the_handling_organisation_photographs_its_work(office, desk):
    case_id = office.file()
    office.bring(case_id, "assign")
    before = kept(case_id)
    for other in (office.centre, office.officer, desk("DEPARTMENT_DESK", organisation="LIGHTING")):
        reply = add(office, case_id, other)
        assert (reply.status_code, reply.json()["code"]) == (403, "move.not_yours")
        assert not other.get(f"cases/{case_id}").json()["may_add_photo"]
    assert kept(case_id) == before
    assert office.works.get(f"cases/{case_id}").json()["may_add_photo"]


@pytest.mark.parametrize(
    "moves", [("report",), ("report", "verify"), ("report", "verify", "close")]
)
def test_reported_case_takes_no_more_photos(office, moves):
    case_id = office.file()
    office.bring(case_id, "assign", *moves)
    before = kept(case_id)
    reply = add(office, case_id)
    assert (reply.status_code, reply.json()["code"]) == (409, "case.photo_not_now")
    assert kept(case_id) == before


def test_case_holds_at_most_twelve_photos(office):
    case_id = office.file()
    office.bring(case_id, "assign")
    for _ in range(PHOTOS_PER_CASE_LIMIT):
        assert add(office, case_id).status_code == 201
    before = kept(case_id)
    reply = add(office, case_id)
    assert (reply.status_code, reply.json()["code"]) == (409, "case.too_many_photos")
    assert reply.json()["facts"] == {"limit": 12}
    assert (kept(case_id), before.photos) == (before, 12)


def truncated() -> io.BytesIO:
    file = io.BytesIO(picture().getvalue()[:400])
    file.name = "photo.jpg"
    return file


def no_picture() -> io.BytesIO:
    file = io.BytesIO(b"<svg onload='alert(1)'/>")
    file.name = "photo.jpg"
    return file


def too_heavy() -> io.BytesIO:
    file = io.BytesIO(picture().getvalue() + b"\0" * UPLOAD_LIMIT_BYTES)
    file.name = "photo.jpg"
    return file


@pytest.mark.parametrize(
    ("make", "status", "code"),
    [
        (truncated, 422, "photo.unreadable"),
        (no_picture, 422, "photo.unreadable"),
        (too_heavy, 413, "photo.too_large"),
    ],
)
def test_bad_upload_is_refused(office, make, status, code):
    case_id = office.file()
    before = kept(case_id)
    reply = add(office, case_id, office.officer, make())
    problem = reply.json()
    assert (reply.status_code, problem["code"], problem["field"]) == (status, code, "photo")
    assert kept(case_id) == before


def test_upload_without_a_photo_names_the_field(office):
    case_id = office.file()
    reply = office.officer.upload(f"cases/{case_id}/photos", {"other": picture()})
    problem = reply.json()
    assert (reply.status_code, problem["field"], problem["rule"]) == (422, "photo", "missing")


def test_resident_files_with_photos(at):
    filing = Filing(item_code=PAVEMENT, **PLACE, area=CELL, text="loose", channel="WEB")
    with scoped(VISITOR):
        case = file_case(filing, photos=[picture().getvalue()] * 2, actor=VISITOR, at=at)
        assert [(p.ordinal, p.phase) for p in case.photos.order_by("ordinal")] == [
            (1, "FILED"),
            (2, "FILED"),
        ]


def test_more_photos_than_a_case_holds_are_not_filed(at):
    filing = Filing(item_code=PAVEMENT, **PLACE, area=CELL, text="loose", channel="WEB")
    with scoped(VISITOR):
        with pytest.raises(TooManyPhotosError):
            file_case(filing, photos=[b""] * (PHOTOS_PER_CASE_LIMIT + 1), actor=VISITOR, at=at)
        assert Case.objects.count() == 0


def test_visitor_sees_no_photo(office, desk):
    photo_id = add(office, office.file(), office.officer).json()["id"]
    assert desk(None).get(f"photos/{photo_id}").status_code == 401
