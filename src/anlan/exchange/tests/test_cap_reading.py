"""Alerts of other senders: the published vectors, and every way to be no alert."""

import csv
from pathlib import Path

import pytest
from tests.shared_data import shared

from anlan.exchange.cap.reading import ALERT_LIMIT_BYTES, read_alerts
from anlan.exchange.errors import BadAlertError
from anlan.kernel.errors import TooLargeError

SENT, RING = "2026-11-21T08:00:00+08:00", "60,24 60,25 61,25 60,24"
GOOD = """<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>A1</identifier><sender>water@example.org</sender>
<sent>2026-11-21T08:00:00+08:00</sent><status>Actual</status><msgType>Alert</msgType>
<scope>Public</scope><info><category>Infra</category><event>Burst</event>
<urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>
<expires>2026-11-21T10:00:00+08:00</expires>
<area><areaDesc>Centre</areaDesc><polygon>60,24 60,25 61,25 60,24</polygon></area></info></alert>"""


def refusal(text: str | bytes) -> tuple[str | None, str | None]:
    """Return the element and the rule for which a document is refused."""
    with pytest.raises(BadAlertError) as refused:
        read_alerts(text.encode() if isinstance(text, str) else text)
    return refused.value.field, refused.value.rule


def vectors() -> dict[str, dict[str, str]]:
    """Return what the official schema says of each published file."""
    with shared("e1_cap12", "expected.csv").open(encoding="utf-8") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def vector(name: str) -> Path:
    """Return one published file."""
    return shared("e1_cap12", "vectors", name)


def test_published_vectors_are_taken_and_refused_as_the_official_schema_says() -> None:
    taken, refused = set(), {}
    for name in vectors():
        try:
            read_alerts(vector(name).read_bytes())
            taken.add(name)
        except BadAlertError as error:
            refused[name] = (error.field, error.rule)
    ours = {n for n, v in vectors().items() if v["cap_version"] == "12"}
    assert taken == {n for n in ours if vectors()[n]["xsd_verdict"] == "valid"}
    assert len(taken) == 5
    assert refused == {
        "bushfire_invalid.edxlde": ("alert.identifier", "required"),
        "invalid.cap": ("alert.scope", "required"),
        "xee.cap": ("body", "no_document_type"),
        # CAP 1.1, and a feed without an alert in it
        "earthquake.atom": ("alert", "cap_1_2_alerts"),
        "no_optional_fields.cap": ("alert", "cap_1_2_alerts"),
        "weather.cap": ("alert", "cap_1_2_alerts"),
        "weather_index.atom": ("alert", "cap_1_2_alerts"),
    }


def test_good_alert_is_read() -> None:
    (alert,) = read_alerts(GOOD.encode())
    assert (alert.identifier, alert.sender) == ("A1", "water@example.org")
    assert alert.sent_at.isoformat() == "2026-11-21T08:00:00+08:00"
    (info,) = alert.infos
    assert (info.event, info.severity, info.language) == ("Burst", "Severe", "en-US")
    assert info.polygons == ("60,24 60,25 61,25 60,24",)


@pytest.mark.parametrize(
    ("old", "new", "field", "rule"),
    [
        ("<sender>water@example.org</sender>", "", "alert.sender", "required"),
        ("A1", "A 1", "alert.identifier", "plain_name"),
        ("<status>Actual", "<status>Real", "alert.status", "listed_value"),
        (SENT, "2026-11-21T08:00:00Z", "alert.sent", "time_with_offset"),
        (SENT, "2026-13-21T08:00:00+08:00", "alert.sent", "time_with_offset"),
        ("<scope>Public</scope>", "", "alert.scope", "required"),
        ("<category>Infra</category>", "", "alert.info.category", "required"),
        ("<urgency>Immediate", "<urgency>Soon", "alert.info.urgency", "listed_value"),
        ("<event>Burst</event>", "<event>B<b/></event>", "alert.info.event", "text_alone"),
        ("<event>Burst</event>", "<event>B</event>" * 2, "alert.info.event", "too_often"),
        ("</info>", "<colour>red</colour></info>", "alert.info.colour", "in_its_place"),
        (RING, "60,24 60,25 61,25", "alert.info.area.polygon", "closed_ring"),
        (RING, "99,24 1,1 1,2 99,24", "alert.info.area.polygon", "closed_ring"),
        ("<areaDesc>Centre</areaDesc>", "", "alert.info.area.areaDesc", "required"),
        ("cap:1.2", "cap:1.1", "alert", "cap_1_2_alerts"),
    ],
)  # fmt: skip
def test_broken_alert_is_refused_by_element_and_rule(old, new, field, rule) -> None:
    assert old in GOOD
    assert refusal(GOOD.replace(old, new, 1)) == (field, rule)


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + GOOD.replace("A1", "&x;"),
        '<!DOCTYPE alert [<!ENTITY x "xxxx"><!ENTITY y "&x;&x;&x;">]>' + GOOD.replace("A1", "&y;"),
        '<!DOCTYPE alert SYSTEM "https://example.org/alert.dtd">' + GOOD,
        "<!DOCTYPE alert>" + GOOD,
    ],
)
def test_document_type_and_entities_are_refused(document) -> None:
    assert refusal(document) == ("body", "no_document_type")


@pytest.mark.parametrize(
    "document",
    [b"", b"<", b"{}", b"\x00", b"<alert", GOOD.encode()[:-1], b"\xff\xfe<\x00", b"<a>&b;</a>"],
)
def test_what_is_no_document_is_refused(document) -> None:
    assert refusal(document) == ("body", "well_formed_xml")


def test_all_alerts_of_an_envelope_are_taken_or_none() -> None:
    assert len(read_alerts(f"<two>{GOOD}{GOOD}</two>".encode())) == 2
    broken = GOOD.replace("Actual", "Real")
    assert refusal(f"<two>{GOOD}{broken}</two>") == ("alert.status", "listed_value")
    assert refusal(f"<many>{GOOD * 51}</many>") == ("alert", "cap_1_2_alerts")


def test_document_over_the_limit_is_not_even_read() -> None:
    with pytest.raises(TooLargeError):
        read_alerts(b"<" * (ALERT_LIMIT_BYTES + 1))
