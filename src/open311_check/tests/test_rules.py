"""Every rule passes on a server that keeps it, and fails on one that breaks it."""

import json
import re
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from open311_check import command
from open311_check.examination import Examination, Given
from open311_check.outcomes import Level, Verdict
from open311_check.rules import Finding
from open311_check.running import RULES, as_json, examine, failed, lines, summary
from open311_check.tests.faults import FAULTS
from open311_check.tests.little_server import AT, BULK, CITY, ENDPOINT, KEY, PLACE, LittleServer


def looked(server: LittleServer, **more: object) -> dict[str, Finding]:
    """Examine a little server; return the findings by rule."""
    told = {
        "jurisdiction": CITY, "key": KEY, "writes": True, "bulk": BULK, "place": PLACE, **more,
    }  # fmt: skip
    with httpx.Client(transport=httpx.MockTransport(server)) as client:
        seen = Examination(Given(ENDPOINT, **told), client, AT)  # type: ignore[arg-type]
        return {one.rule.id: one for one in examine(seen)}


def test_a_server_that_keeps_every_rule_passes_every_rule() -> None:
    found = looked(LittleServer())
    others = {one.rule.id: one.seen for one in found.values() if one.verdict != Verdict.PASSED}
    assert others == {}
    assert len(found) == len(RULES) == len({rule.id for rule in RULES})


def test_every_rule_has_its_fault() -> None:
    assert [rule.id for rule in RULES] == list(FAULTS)


@pytest.mark.parametrize("rule_id", FAULTS)
def test_a_rule_fails_on_a_server_that_breaks_it(rule_id: str) -> None:
    server = LittleServer()
    FAULTS[rule_id](server)
    found = looked(server)[rule_id]
    assert found.verdict == Verdict.FAILED
    assert found.seen
    assert found.asked


def test_nothing_is_sent_unless_told() -> None:
    server = LittleServer()
    found = looked(server, writes=False)
    assert len(server.requests) == 4
    skipped = {rule_id for rule_id, one in found.items() if one.verdict == Verdict.SKIPPED}
    assert skipped == {f"POST-{n}" for n in range(1, 14)} | {"TOK-2"}


def test_the_key_is_never_part_of_the_evidence() -> None:
    found = looked(LittleServer())
    assert KEY not in as_json(ENDPOINT, AT.isoformat(), found.values())
    assert KEY not in "\n".join(
        line for one in found.values() for line in lines(one, at_length=True)
    )


def test_rules_of_what_a_server_does_not_have_are_not_applicable() -> None:
    server = LittleServer()
    server.services = server.services[:1]
    server.requests = []
    server.updates = []
    found = looked(server, bulk="", writes=False)
    away = {rule_id for rule_id, one in found.items() if one.verdict == Verdict.NOT_APPLICABLE}
    assert {"DEF-1", "REQ-2", "ONE-1", "FLT-4", "UPD-1", "PAGE-1", "BULK-1"} <= away
    assert not failed(found.values())


def test_what_is_only_advised_does_not_fail_a_server() -> None:
    server = LittleServer()
    FAULTS["REQ-9"](server)
    found = looked(server)
    assert found["REQ-9"].verdict == Verdict.FAILED
    assert not failed(found.values())
    assert failed(looked(_broken("REQ-4")).values())


def _broken(rule_id: str) -> LittleServer:
    server = LittleServer()
    FAULTS[rule_id](server)
    return server


def test_hostile_xml_is_refused_unread() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><services>&a;</services>'
    server = LittleServer()
    server.after = lambda _, reply: httpx.Response(200, headers=reply.headers, content=bomb)
    found = looked(server, writes=False)["SVC-1"]
    assert (found.verdict, found.seen) == (
        Verdict.FAILED,
        "the XML holds a document type or an entity",
    )


def test_an_endless_reply_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("open311_check.examination.BODY_LIMIT_BYTES", 100)
    assert looked(LittleServer(), writes=False)["SVC-1"].seen.endswith("over 100 bytes")


def test_report_lists_every_rule_with_its_evidence() -> None:
    found = looked(_broken("REQ-4"))
    report = json.loads(as_json(ENDPOINT, AT.isoformat(), found.values()))
    row = next(row for row in report["rules"] if row["id"] == "REQ-4")
    assert row["verdict"] == "fail"
    assert row["seen"] == "request R1: status 'OPEN'"
    assert row["asked"] == [
        f"GET {ENDPOINT}/requests.xml?jurisdiction_id={CITY} → 200 text/xml; charset=utf-8"
    ]
    assert summary(found.values()).startswith(f"{len(RULES)} rules: ")


def test_command_says_by_its_exit_code_what_came_of_it() -> None:
    runner = CliRunner()
    listed = runner.invoke(command.open311_check, ["--rules"])
    assert listed.exit_code == 0
    assert len(listed.output.splitlines()) == len(RULES)
    assert runner.invoke(command.open311_check, []).exit_code == 2
    away = runner.invoke(command.open311_check, ["http://127.0.0.1:9/nobody"])
    assert away.exit_code == 3
    assert "no answer" in away.output


def test_every_rule_stands_in_the_readme_as_it_is_printed() -> None:
    text = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if re.match(r"\| [A-Z]+-\d", line)]
    advised = {Level.MUST: "", Level.SHOULD: " (advised)"}
    assert rows == [f"| {rule.id} | {rule.says}{advised[rule.level]} |" for rule in RULES]
