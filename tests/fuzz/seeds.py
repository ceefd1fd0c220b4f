"""Small good files of our own, from which the fuzzing begins; none is a file of anybody else."""

import hashlib
import io
import json
import struct
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image

from anlan_engine.city.pack import write_pack

ALERT = """<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>A1</identifier><sender>water@example.org</sender>
<sent>2026-11-21T08:00:00+08:00</sent><status>Actual</status><msgType>Alert</msgType>
<scope>Public</scope><info><category>Infra</category><event>Burst</event>
<urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>
<expires>2026-11-21T10:00:00+08:00</expires>
<area><areaDesc>Centre</areaDesc><polygon>60,24 60,25 61,25 60,24</polygon></area></info></alert>"""

PLACE = (
    '<?xml version="1.0" encoding="UTF-8"?><presence xmlns="urn:ietf:params:xml:ns:pidf"'
    ' xmlns:gml="http://www.opengis.net/gml"><gml:Point srsName="urn:ogc:def:crs:EPSG::4326">'
    "<gml:pos>60.17 24.94</gml:pos></gml:Point></presence>"
)

MAPPING = """
source = "old-system"
format = "FORMAT"
zone = "Asia/Shanghai"
[columns]
source_id = "id"
opened_at = "opened"
closed_at = "closed"
lon = "x"
lat = "y"
item = ["kind", "part"]
text = ["words"]
place_text = "where"
channel = "by"
[items]
"road" = "0103"
"road/hole" = "0108"
"person" = ""
[channels]
"call" = "PHONE"
"""
ROW = {
    "id": "1", "opened": "2026-01-02T03:04:05+02:00", "closed": "", "x": "24.94", "y": "60.17",
    "kind": "road", "part": "hole", "words": "a hole, ring +358 40 1234567", "where": "1 A",
    "by": "call",
}  # fmt: skip

RULE = """schema = 1
id = "standard"
version = "2026.1"
valid_from = 2026-01-01
valid_until = 2027-01-01
name_zh = "分派表"
name_en = "Routing table"
source_zh = "缺省"
source_en = "Default"
[[rows]]
number = 1
level = 9
to = "@LEAD"
"""


def alerts() -> list[bytes]:
    """Return CAP alerts: one alone, one with a shape and a reference, two in an envelope."""
    circle = ALERT.replace("</polygon>", "</polygon><circle>60,24 3.5</circle>")
    told = circle.replace("<scope>", "<source>desk</source><scope>")
    return [ALERT.encode(), told.encode(), f"<both>{ALERT}{ALERT}</both>".encode()]


def eidos() -> list[bytes]:
    """Return an incident of another centre with a place and a note."""
    at = "2026-11-21T08:00:00+08:00"
    incident = {
        "incidentTypeCommonRegistryText": "Fire",
        "incidentStatusCommonRegistryText": ["Active"],
        "incidentCommonPriorityNumber": 2,
        "locationReference": [{"$ref": "p"}],
    }
    place = {"$id": "p", "locationByValue": PLACE, "locationDescriptionText": "by the door"}
    note = {"$id": "n", "lastUpdateTimeStamp": at, "notesActionComments": "<p>Smoke &amp; <b>x</b>"}
    whole = {
        "$id": "e",
        "eidoVersion": "1.0",
        "lastUpdateTimeStamp": at,
        "issuingElementIdentification": "psap.example",
        "incidentComponent": incident,
        "locationComponent": [place],
        "notesComponent": [note],
    }
    return [json.dumps(whole).encode()]


def polygons() -> list[bytes]:
    """Return a square, and one with a hole."""
    ring = [[24.9, 60.2], [24.901, 60.2], [24.901, 60.201], [24.9, 60.201], [24.9, 60.2]]
    hole = [[24.9002, 60.2002], [24.9004, 60.2002], [24.9004, 60.2004], [24.9002, 60.2002]]
    shapes = ([ring], [ring, hole], [[[*corner, 1.0] for corner in ring]])
    return [json.dumps({"type": "Polygon", "coordinates": one}).encode() for one in shapes]


def row_files() -> list[bytes]:
    """Return one row in each of the three forms; the first byte says which form it is."""
    line = json.dumps(ROW)
    quoted = ",".join(f'"{value}"' for value in ROW.values())
    files = (f"{','.join(ROW)}\n{quoted}\n", f"[{line}, {line}]", f"{line}\n{line}\n")
    return [bytes([form]) + text.encode() for form, text in enumerate(files)]


def mappings() -> list[bytes]:
    """Return a mapping of an import."""
    return [MAPPING.replace("FORMAT", "csv").encode()]


def rule_files() -> list[bytes]:
    """Return a rule file."""
    return [RULE.encode()]


def resealed(data: bytes) -> bytes:
    """Return a city pack with the size and the digest in its header put right."""
    if len(data) < HEADER.size:
        return data
    magic, version, count, _, _ = HEADER.unpack(data[: HEADER.size])
    table = data[HEADER.size : HEADER.size + ROW_BYTES * count]
    digest = hashlib.sha256(table).digest()
    return HEADER.pack(magic, version, count, len(data), digest) + data[HEADER.size :]


HEADER = struct.Struct("<8sIIQ32s8x")
ROW_BYTES = 96


def packs() -> list[bytes]:
    """Return a pack of two sections."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "seed.city"
        write_pack(file, {"a": np.arange(6, dtype="<i4"), "b.c": np.ones((2, 2), "<f8")})
        return [file.read_bytes()]


def questions() -> list[bytes]:
    """Return Open311's questions and forms."""
    return [
        b"start_date=2026-10-01T00:00:00Z&end_date=2026-11-01T00:00:00%2B08:00&status=open,closed",
        b"service_request_id=C-1,C-2&page=2&page_size=10",
        b"service_code=0103&lat=60.17&long=24.94&description=A+hole&attribute[X]=%E4%BA%95",
    ]


def pictures() -> list[bytes]:
    """Return a picture in each form that is taken."""
    found = []
    for form in ("JPEG", "PNG", "WEBP"):
        file = io.BytesIO()
        told = Image.Exif()
        told[0x0112] = 6
        Image.new("RGB", (16, 12), (200, 60, 40)).save(file, form, exif=told)
        found.append(file.getvalue())
    return found


def voices() -> list[bytes]:
    """Return the head of a recording in each form that is taken."""
    return [
        b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm\x18S\x80g\x86\x86A_OPUSsound",
        b"OggS" + bytes(24) + b"OpusHead\x01",
        b"\x00\x00\x00\x18ftypM4A " + b"hdlr" + bytes(8) + b"soun",
    ]
