"""An import: batch by batch, each in one transaction, the same row never twice.

There is no state beside the rows themselves: run again after it was killed, an import finds what is
there by the ids of the source and goes on with the rest.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from anlan.casework.catalogue import items
from anlan.exchange.imports.errors import BadMappingError, BadRowError
from anlan.exchange.imports.mapping import Mapping
from anlan.exchange.imports.models import PastMatter
from anlan.exchange.imports.reading import Matter, Reader
from anlan.exchange.imports.rows_in_files import Row
from anlan.exchange.imports.selectors import area_finder, known_ids
from anlan.kernel.access import Actor, require
from anlan.kernel.errors import InvalidError
from anlan.kernel.personal_data import Kind
from anlan.kernel.scope import scoped

BATCH_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Rejected:
    """One row that was not taken: where it stands, its id if it has one, and the rule it breaks."""

    place: int
    source_id: str
    field: str
    rule: str


@dataclass
class Tally:
    """What came of an import so far."""

    read: int = 0
    taken: int = 0
    known: int = 0
    left_out: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    personal: Counter[Kind] = field(default_factory=Counter)


def check_mapping(mapping: Mapping, file: str, at: datetime) -> None:
    """Return if every item that is mapped to is in the catalogue; raise `BadMappingError`."""
    known = items(at.date())
    unknown = sorted({code for code in mapping.items.values() if code and code not in known})
    if unknown:
        raise BadMappingError(file=file, reason=f"no such item: {', '.join(unknown)}")


def import_rows(
    rows: Iterable[Row], mapping: Mapping, *, actor: Actor, at: datetime,
    reject: Callable[[Rejected], None], dry_run: bool = False,
) -> Iterator[Tally]:  # fmt: skip
    """Take rows in; yield the tally after each batch of `BATCH_ROWS`, which then is committed.

    With `dry_run` everything is looked at and nothing is written.
    """
    require(actor, "import.write")
    with scoped(actor):
        reader = Reader(mapping, area_finder(), at)
    tally, rest, source = Tally(), iter(rows), mapping.source
    while batch := list(islice(rest, BATCH_ROWS)):
        with scoped(actor):
            _take(batch, reader, source, tally, reject, at, dry_run=dry_run)
        yield tally


def _take(
    batch: list[Row], reader: Reader, source: str, tally: Tally,
    reject: Callable[[Rejected], None], at: datetime, *, dry_run: bool,
) -> None:  # fmt: skip
    found: dict[str, Matter] = {}
    for row in batch:
        tally.read += 1
        try:
            matter = reader.matter(row)
            if matter.source_id in found:
                raise BadRowError(field="source_id", rule="once_in_the_file")
        except InvalidError as error:
            tally.rejected[f"{error.field} {error.rule}"] += 1
            reject(Rejected(row.place, reader.source_id(row), error.field or "", error.rule or ""))
        else:
            found[matter.source_id] = matter
    known = known_ids(source, found)
    fresh = [matter for key, matter in found.items() if key not in known]
    tally.known += len(known)
    tally.taken += len(fresh)
    tally.left_out += sum(matter.left_out for matter in fresh)
    for matter in fresh:
        tally.personal.update(matter.personal)
    if not dry_run:
        rows = [_kept(source, matter, at) for matter in fresh]
        PastMatter.objects.bulk_create(rows, ignore_conflicts=True)  # another import of it may run


def _kept(source: str, matter: Matter, at: datetime) -> PastMatter:
    return PastMatter(
        area=matter.area,
        source=source,
        source_id=matter.source_id,
        item_code=matter.item_code,
        lon=matter.lon,
        lat=matter.lat,
        place_text=matter.place_text,
        text=matter.text,
        channel=matter.channel,
        opened_at=matter.opened_at,
        closed_at=matter.closed_at,
        imported_at=at,
    )
