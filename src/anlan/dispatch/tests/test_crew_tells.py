"""What a crew tells from its telephone: moves with its own time, photos, voice notes, its way."""

import io
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.people import EVERYTHING, make_desk
from tests.together import at_once, window_of

from anlan.dispatch.models import Assignment, Incident, IncidentAttachment, IncidentStep
from anlan.dispatch.tests.room import PLACE, Room, done, kept
from anlan.kernel.clock import now
from anlan.kernel.scope import scoped

WEBM = (
    b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + b"\x18S\x80g" + b"\x86\x86A_OPUS" + b"sound"
)
OGG = b"OggS" + bytes(24) + b"OpusHead" + bytes(40)
MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(8) + b"hdlr" + bytes(8) + b"soun" + bytes(40)
FILM = WEBM + b"\x86\x85V_VP8"


@pytest.fixture
def room(db: None) -> Room:
    return Room()


def photo(*, exif: bool = False) -> SimpleUploadedFile:
    file = io.BytesIO()
    picture = Image.new("RGB", (16, 12), (200, 60, 40))
    marks = Image.Exif()
    marks[0x010F] = "somebody's telephone"
    picture.save(file, "JPEG", exif=marks if exif else Image.Exif())
    return SimpleUploadedFile("photo.jpg", file.getvalue(), "image/jpeg")


def voice(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("voice.bin", content, "application/octet-stream")


def sent(room: Room, call_sign: str = "P01") -> tuple[str, str]:
    """Send a unit to a new incident; return the ids of the incident and the assignment."""
    incident = room.call()
    return incident, room.send(incident, call_sign)[0]


def steps(incident: str) -> list[dict[str, Any]]:
    """Return what units did, in the order in which the server took it."""
    with scoped(EVERYTHING):
        rows = IncidentStep.objects.filter(subject_id=incident, facts__has_key="unit")
        return list(rows.order_by("id").values("move", "made_at", "told_at"))


def assigned_at(assignment: str) -> datetime:
    with scoped(EVERYTHING):
        return Assignment.objects.get(pk=assignment).assigned_at


# The device's time.


def test_history_keeps_the_time_of_the_device_beside_that_of_the_server(room):
    incident, assignment = sent(room)
    told = assigned_at(assignment) + timedelta(microseconds=1)
    done(room.move(assignment, "en_route", room.crew("P01"), told_at=told.isoformat()))
    step = steps(incident)[-1]
    assert (step["move"], step["told_at"]) == ("en_route", told)
    assert step["made_at"] > told
    shown = room.shown(incident)
    assert datetime.fromisoformat(shown["timeline"][-1]["told_at"]) == told
    assert datetime.fromisoformat(shown["assignments"][0]["en_route_at"]) == told


def acted(room: Room, assignment: str, name: str, told: datetime, **facts: str) -> dict[str, Any]:
    """Make a move that the crew's device tells of; return the assignment."""
    body = {"told_at": told.isoformat(), **facts}
    return dict(done(room.move(assignment, name, room.crew("P01"), **body)))


def sent_before(assignment: str, hours: float) -> datetime:
    """Let an assignment have been made so many hours ago; return when."""
    at = now() - timedelta(hours=hours)
    with scoped(EVERYTHING):
        Assignment.objects.filter(pk=assignment).update(assigned_at=at)
    return at


def test_arrival_that_is_told_late_counts_when_it_happened(room):
    incident, assignment = sent(room)
    at = sent_before(assignment, 1)
    times = [at + timedelta(minutes=minutes) for minutes in (1, 7, 30)]
    acted(room, assignment, "en_route", times[0])
    acted(room, assignment, "on_scene", times[1])
    ended = acted(room, assignment, "clear", times[2], outcome="Out.")
    stamps = [datetime.fromisoformat(ended[f"{n}_at"]) for n in ("en_route", "on_scene", "ended")]
    assert stamps == times
    with scoped(EVERYTHING):
        assert Incident.objects.get(pk=incident).arrived_at == times[1]
    told = [(step["move"], step["told_at"]) for step in steps(incident)]
    assert told == list(zip(["en_route", "on_scene", "clear"], times, strict=True))
    assert all(step["made_at"] > times[2] for step in steps(incident))


def test_arrival_told_later_than_the_limit_counts_when_it_was_heard(room):
    incident, assignment = sent(room)
    at = sent_before(assignment, 3)
    told = at + timedelta(minutes=7)
    acted(room, assignment, "on_scene", told)
    (step,) = steps(incident)
    assert step["told_at"] == told
    with scoped(EVERYTHING):
        assert Incident.objects.get(pk=incident).arrived_at == step["made_at"]
        assert Assignment.objects.get(pk=assignment).on_scene_at == step["made_at"]


def test_an_act_is_not_told_to_be_before_the_one_before_it(room):
    incident, assignment = sent(room)
    at = sent_before(assignment, 1)
    acted(room, assignment, "en_route", at + timedelta(minutes=20))
    acted(room, assignment, "on_scene", at + timedelta(minutes=10))
    (_, arrival) = steps(incident)
    assert arrival["told_at"] is None
    with scoped(EVERYTHING):
        assert Assignment.objects.get(pk=assignment).on_scene_at == arrival["made_at"]


def test_of_two_arrivals_the_earlier_counts_though_it_was_heard_later(room):
    incident = room.call()
    first, second = room.send(incident, "P01", "F01")
    at = sent_before(second, 1)
    done(room.move(first, "on_scene", room.crew("P01")))
    told = at + timedelta(minutes=5)
    done(room.move(second, "on_scene", room.crew("F01"), told_at=told.isoformat()))
    with scoped(EVERYTHING):
        assert Incident.objects.get(pk=incident).arrived_at == told


@pytest.mark.parametrize(
    ("hours", "kept_as"), [(0.01, "now"), (-0.01, "assigned"), (5.0, None), (-5.0, None)]
)
def test_clock_of_a_device_is_believed_between_the_assignment_and_now(room, hours, kept_as):
    incident, assignment = sent(room)
    told = now() + timedelta(hours=hours)
    done(room.move(assignment, "en_route", room.crew("P01"), told_at=told.isoformat()))
    step = steps(incident)[-1]
    ends = {"now": step["made_at"], "assigned": assigned_at(assignment), None: None}
    assert step["told_at"] == ends[kept_as]


def test_history_is_in_the_order_in_which_the_server_took_it(room):
    incident, first = sent(room)
    second = room.send(incident, "F01")[0]
    early = assigned_at(second)
    done(room.move(first, "en_route", room.crew("P01"), told_at=now().isoformat()))
    done(room.move(second, "en_route", room.crew("F01"), told_at=early.isoformat()))
    units = [
        s["facts"]["unit"] for s in room.shown(incident)["timeline"] if s["move"] == "en_route"
    ]
    assert units == ["P01", "F01"]


# A second device.


def test_two_devices_of_one_crew_make_the_same_move_once(committing):
    room = Room()
    incident, assignment = sent(room)
    crew = room.crew("P01")
    devices = [window_of(crew) for _ in range(4)]
    replies = at_once([lambda d=d: room.move(assignment, "en_route", d) for d in devices])
    assert sorted(reply.status_code for reply in replies) == [200, 409, 409, 409]
    refused = [reply.json() for reply in replies if reply.status_code == 409]
    assert {(r["code"], r["facts"]["state"]) for r in refused} == {("move.not_allowed", "EN_ROUTE")}
    assert [step["move"] for step in steps(incident)] == ["en_route"]


def test_two_devices_that_disagree_leave_one_history(committing):
    room = Room()
    incident, assignment = sent(room)
    crew = room.crew("P01")
    room.bring(assignment, crew, steps=2)
    words = ["Out.", "Nothing found."]
    replies = at_once(
        [lambda w=w: room.move(assignment, "clear", window_of(crew), outcome=w) for w in words]
    )
    assert sorted(reply.status_code for reply in replies) == [200, 409]
    won = words[[reply.status_code for reply in replies].index(200)]
    shown = room.shown(incident)
    assert [one["outcome"] for one in shown["assignments"]] == [won]
    told = [step["facts"]["outcome"] for step in shown["timeline"] if step["move"] == "clear"]
    assert told == [won]


def test_crew_and_desk_at_the_same_instant_leave_one_history(committing):
    room = Room()
    incident, assignment = sent(room)
    crew = room.crew("P01")
    replies = at_once(
        [
            lambda: room.move(assignment, "on_scene", window_of(crew)),
            lambda: room.move(
                assignment, "cancel", window_of(room.dispatcher), reason="Not needed."
            ),
        ]
    )
    assert sorted(reply.status_code for reply in replies) == [200, 409]
    moves = [step["move"] for step in steps(incident)]
    assert moves in (["on_scene"], ["cancel"])


def test_act_sent_again_after_its_reply_was_lost_is_found_done(room):
    incident, assignment = sent(room)
    crew, key = room.crew("P01"), uuid4()
    path, body = f"assignments/{assignment}/moves/en_route", {"told_at": now().isoformat()}
    first, again = crew.post(path, body, key=key), crew.post(path, body, key=key)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert [step["move"] for step in steps(incident)] == ["en_route"]


# Photos and voice notes.


def test_photo_of_a_crew_is_cleaned_and_stands_at_the_incident(room):
    incident, assignment = sent(room)
    crew = room.crew("P01")
    added = done(crew.upload(f"assignments/{assignment}/photos", {"photo": photo(exif=True)}))
    assert [one["id"] for one in room.shown(incident)["attachments"]] == [added["id"]]
    reply = room.dispatcher.get(f"attachments/{added['id']}")
    assert reply["Content-Type"] == "image/jpeg"
    with Image.open(io.BytesIO(reply.content)) as kept_photo:
        assert (kept_photo.size, dict(kept_photo.getexif())) == ((16, 12), {})
    assert [step["move"] for step in steps(incident)][-1] == "photo"


@pytest.mark.parametrize(
    ("content", "kind"), [(WEBM, "audio/webm"), (OGG, "audio/ogg"), (MP4, "audio/mp4")]
)
def test_voice_note_is_kept_under_what_it_really_is(room, content, kind):
    incident, assignment = sent(room)
    path = f"assignments/{assignment}/voice-notes?seconds=7"
    added = done(room.crew("P01").upload(path, {"voice": voice(content)}))
    assert (added["kind"], added["content_type"], added["seconds"]) == ("VOICE", kind, 7)
    reply = room.dispatcher.get(f"attachments/{added['id']}")
    assert (reply["Content-Type"], reply.content) == (kind, content)
    assert [step["move"] for step in steps(incident)][-1] == "voice_note"


@pytest.mark.parametrize(
    ("content", "seconds", "status"),
    [
        (b"", 7, 422),
        (b"MZ" + bytes(100), 7, 422),
        (FILM, 7, 422),
        (WEBM + bytes(1024 * 1024), 7, 413),
        (WEBM, 0, 422),
        (WEBM, 121, 422),
    ],
)
def test_what_is_no_short_voice_note_is_refused(room, content, seconds, status):
    incident, assignment = sent(room)
    before = kept(incident)
    path = f"assignments/{assignment}/voice-notes?seconds={seconds}"
    reply = room.crew("P01").upload(path, {"voice": voice(content)})
    assert reply.status_code == status
    assert kept(incident) == before
    with scoped(EVERYTHING):
        assert not IncidentAttachment.objects.exists()


def test_only_the_crew_of_the_assignment_attaches(room):
    incident, assignment = sent(room)
    before = kept(incident)
    for other in (room.crew("F01"), room.dispatcher, make_desk("GRID_OFFICER")):
        reply = other.upload(f"assignments/{assignment}/photos", {"photo": photo()})
        assert reply.status_code == 403
    assert kept(incident) == before
    with scoped(EVERYTHING):
        assert not IncidentAttachment.objects.exists()


def test_an_incident_holds_a_limited_number_of_attachments(room, monkeypatch):
    monkeypatch.setattr("anlan.dispatch.services.attachments.ATTACHMENTS_PER_INCIDENT_LIMIT", 1)
    incident, assignment = sent(room)
    crew, path = room.crew("P01"), f"assignments/{assignment}/photos"
    done(crew.upload(path, {"photo": photo()}))
    reply = crew.upload(path, {"photo": photo()})
    assert (reply.status_code, reply.json()["code"]) == (409, "attachment.too_many")
    assert len(room.shown(incident)["attachments"]) == 1


# The way.


def test_way_leads_by_road_from_the_unit_to_the_incident(room):
    _, assignment = sent(room)
    crew = room.crew("P01")
    fix = {
        "unit_id": str(crew.account.unit_id),
        "lon": 24.9512,
        "lat": 60.1712,
        "at": now().replace(microsecond=0),
    }
    done(crew.post("unit-positions", {"positions": [fix]}))
    way = done(crew.get(f"assignments/{assignment}/way"))
    assert (way["line"][0], way["line"][-1]) == ([24.9512, 60.1712], [PLACE["lon"], PLACE["lat"]])
    assert datetime.fromisoformat(way["positioned_at"]) == fix["at"]
    assert len(way["line"]) > 4
    assert 500 < way["distance_m"] < 2_000
    assert 0 < way["travel_s"] < 600


def test_way_of_a_unit_that_told_no_position_begins_at_its_station(room):
    _, assignment = sent(room)
    way = done(room.crew("P01").get(f"assignments/{assignment}/way"))
    unit = next(u for u in room.dispatcher.get("units").json() if u["call_sign"] == "P01")
    assert way["positioned_at"] is None
    assert way["line"][0] == [round(unit["station_lon"], 6), round(unit["station_lat"], 6)]
