"""Rows of another system: each is taken once and as it is, or told of by the rule it breaks."""

import io
import json
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from tests.people import EVERYTHING

from anlan.exchange.imports.errors import BadMappingError
from anlan.exchange.imports.mapping import Mapping, read_mapping
from anlan.exchange.imports.models import PastMatter
from anlan.exchange.imports.rows_in_files import Row, rows_of
from anlan.exchange.imports.services import importing
from anlan.exchange.imports.services.importing import check_mapping, import_rows
from anlan.exchange.imports.tests.conftest import MAPPING, OPERATOR
from anlan.kernel.access import system_actor
from anlan.kernel.errors import DeniedError
from anlan.kernel.personal_data import without_personal_data
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
GOOD = "{},2025-03-01 08:00,2025-03-02 09:30,24.935,60.182,road,hole,deep one,Market Square,call"


def kept() -> list[PastMatter]:
    """Return what is here of the source, by id."""
    with scoped(EVERYTHING):
        return list(PastMatter.objects.filter(source="old-system").order_by("source_id"))


def test_a_row_is_kept_as_it_is_in_our_words(imported) -> None:
    run = imported(GOOD.format("A-1"))
    (matter,) = kept()
    assert (run.tally.read, run.tally.taken, run.rejected) == (1, 1, [])
    assert (matter.item_code, matter.channel, matter.text) == ("0108", "PHONE", "deep one")
    assert matter.opened_at == datetime(2025, 3, 1, 0, 0, tzinfo=UTC)
    assert matter.closed_at == datetime(2025, 3, 2, 1, 30, tzinfo=UTC)
    assert (matter.lon, matter.lat, matter.place_text) == (24.935, 60.182, "Market Square")


@pytest.mark.parametrize(
    ("line", "broken"),
    [
        (GOOD.format(""), "source_id required"),
        (GOOD.format("x" * 65), "source_id text_too_long"),
        (GOOD.format("B").replace("2025-03-01 08:00", ""), "opened_at required"),
        (GOOD.format("B").replace("2025-03-01 08:00", "soon"), "opened_at time_of_the_format"),
        (GOOD.format("B").replace("2025-03-01", "2035-03-01"), "opened_at not_in_the_future"),
        (GOOD.format("B").replace("2025-03-02", "2025-02-02"), "closed_at not_before_opened"),
        (GOOD.format("B").replace("24.935", ""), "lon degrees"),
        (GOOD.format("B").replace("60.182", "nan"), "lat degrees"),
        (GOOD.format("B").replace("60.182", "0"), "lon,lat within_jurisdiction"),
        (GOOD.format("B").replace("road,hole", "fence,"), "item mapped_item"),
        (GOOD.format("B").replace("road,hole", "person,"), "item left_out_on_purpose"),
        (GOOD.format("B").replace("deep one", "bell \x07"), "text no_control_characters"),
        (GOOD.format("B").replace("deep one", "x" * 2_001), "text text_too_long"),
        (GOOD.format("B") + ",more", "row as_many_columns"),
        ("B", "row as_many_columns"),
        (GOOD.format("A"), "source_id once_in_the_file"),
    ],
)
def test_a_broken_row_is_told_of_by_its_rule_and_the_others_are_taken(
    imported, line: str, broken: str
) -> None:
    run = imported(GOOD.format("A"), line, GOOD.format("C"))
    assert [matter.source_id for matter in kept()] == ["A", "C"]
    assert dict(run.tally.rejected) == {broken: 1}
    (told,) = run.rejected
    assert (told.place, f"{told.field} {told.rule}") == (3, broken)


def test_with_half_the_rows_broken_the_other_half_is_taken(imported) -> None:
    lines = [GOOD.format(f"N{n:04}") if n % 2 else f"N{n:04},broken" for n in range(2_400)]
    run = imported(*lines)
    assert (run.tally.read, run.tally.taken, len(run.rejected)) == (2_400, 1_200, 1_200)
    assert len(kept()) == 1_200


def test_what_is_there_is_not_taken_again(imported) -> None:
    imported(GOOD.format("A"), GOOD.format("B"))
    run = imported(GOOD.format("A"), GOOD.format("B"), GOOD.format("C"))
    assert (run.tally.known, run.tally.taken) == (2, 1)
    assert [matter.source_id for matter in kept()] == ["A", "B", "C"]


def test_a_dry_run_looks_at_every_row_and_writes_nothing(imported) -> None:
    run = imported(GOOD.format("A"), "broken", dry_run=True)
    assert (run.tally.taken, len(run.rejected)) == (1, 1)
    assert kept() == []


def test_an_import_that_was_stopped_goes_on_where_it_was(
    mapping: Mapping, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH_ROWS", 10)
    text = "\n".join([MAPPING_HEAD, *(GOOD.format(f"N{n:02}") for n in range(35))])
    told: list[object] = []

    def run():
        rows = rows_of(io.StringIO(text, newline=""), "csv")
        return import_rows(rows, mapping, actor=OPERATOR, at=at, reject=told.append)

    stopped = run()
    next(stopped)
    next(stopped)
    stopped.close()  # as when its process is killed: two batches are committed
    assert len(kept()) == 20
    *_, tally = run()
    assert (tally.known, tally.taken, len(kept())) == (20, 15, 35)


MAPPING_HEAD = "id,opened,closed,x,y,kind,part,words,where,by"


def test_json_is_read_as_an_array_or_by_the_line() -> None:
    rows = [{"a": "1", "b": None}, {"a": 2.5}]
    expected = [Row(1, {"a": "1", "b": ""}), Row(2, {"a": "2.5"})]
    array = json.dumps(rows, indent=2)
    assert list(rows_of(io.StringIO(array), "json")) == expected
    lines = "\n".join(map(json.dumps, rows))
    assert list(rows_of(io.StringIO(lines), "json_lines")) == expected
    broken = list(rows_of(io.StringIO('{"a": "1", "b": null}\n{\n{"a": 2.5}'), "json_lines"))
    assert [row.broken for row in broken] == ["", "readable_row", ""]
    cut = list(rows_of(io.StringIO(array[:-8]), "json"))
    assert [row.broken for row in cut] == ["", "readable_row"]


def test_a_long_array_is_never_held_whole() -> None:
    class Endless(io.StringIO):
        """Hands out an array without an end, and counts what was asked for."""

        given = 0

        def read(self, size: int | None = -1) -> str:
            part = "[" if not self.given else '{"a": "1"}, ' * 5_000
            self.given += 1
            return part

    endless = Endless()
    rows = rows_of(endless, "json")
    assert [next(rows).fields["a"] for _ in range(100)] == ["1"] * 100
    assert endless.given == 2


def test_a_row_without_an_end_is_broken_and_the_next_is_read() -> None:
    text = '{"a": "' + "x" * 200_000 + '"}\n{"a": "1"}\n'
    found = list(rows_of(io.StringIO(text), "json_lines"))
    assert [(row.broken, row.fields) for row in found] == [("at_most_64_kb", {}), ("", {"a": "1"})]


@pytest.mark.parametrize(
    ("text", "left", "count"),
    [
        ("call 138-0013-8000 now", "call … now", 1),
        ("id 11010519491231002X", "id …", 1),
        ("aino@example.org, +358 40 123 4567", "…, …", 2),
        ("lamp 1234, 3700 block, 2026-01-05", "lamp 1234, 3700 block, 2026-01-05", 0),
        ("pole 12 is out", "pole 12 is out", 0),
        ("at 60.182345678", "at 60.182345678", 0),
    ],
)
def test_what_looks_like_personal_data_is_left_out(text: str, left: str, count: int) -> None:
    kept_text, kinds = without_personal_data(text)
    assert (kept_text, len(kinds)) == (left, count)


def test_no_telephone_of_a_row_is_kept(imported) -> None:
    run = imported(GOOD.format("A").replace("deep one", "ask 138 0013 8000"))
    assert (kept()[0].text, run.tally.left_out) == ("ask …", 1)
    assert run.tally.personal == {"TELEPHONE": 1}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (('zone = "Asia/Shanghai"', 'zone = "Mars/Base"'), "Mars"),
        (('source_id = "id"', ""), "source_id"),
        (('source = "old-system"', 'source = "old-system"\nspeed = 1'), "speed"),
        (("[columns]", "[columns"), "line"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_by_what_is_wrong(
    tmp_path, change: tuple[str, str], reason: str
) -> None:
    file = tmp_path / "mapping.toml"
    file.write_text(MAPPING.replace(*change), encoding="utf-8")
    with pytest.raises(BadMappingError, match=reason):
        read_mapping(file)


def test_a_mapping_to_an_item_that_is_not_in_the_catalogue_is_refused(mapping, at) -> None:
    check_mapping(mapping, "mapping.toml", at)
    wrong = mapping.model_copy(update={"items": {"road": "9999"}})
    with pytest.raises(BadMappingError, match="9999"):
        check_mapping(wrong, "mapping.toml", at)


def test_importing_needs_its_permission(mapping: Mapping, at: datetime) -> None:
    run = import_rows([], mapping, actor=system_actor("nobody"), at=at, reject=lambda _: None)
    with pytest.raises(DeniedError):
        next(run)


def test_it_runs_as_the_role_that_may_add_and_change_nothing(imported) -> None:
    imported(GOOD.format("A"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("anlan_app",)
    for attempt in (
        lambda rows: rows.update(text="other"),
        lambda rows: rows.delete(),
    ):
        with pytest.raises(DatabaseError), scoped(EVERYTHING), transaction.atomic():
            attempt(PastMatter.objects.all())
    assert kept()[0].text == "deep one"
