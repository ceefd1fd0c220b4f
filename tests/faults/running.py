"""All rounds in their order: one installation, then its database at the end of a line."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.server import Server
from tests.broker import MOSQUITTO
from tests.faults import bridging, killing, lateness, severing, upgrading
from tests.faults.pair import Pair
from tests.faults.rows import Row
from tests.prepared_home import start_with_city

QUICK_KILLS, FULL_KILLS = 2, 25
QUICK_PARTS_S, FULL_PARTS_S = 6.0, 600.0
QUICK_AWAY_S, FULL_AWAY_S = 1.0, 30.0
QUICK_TIMES, FULL_TIMES = 1, 5


def run(
    *, seed: int, quick: bool, tell: Callable[[str], None], parts_s: float | None = None
) -> list[Row]:
    """Run every round; `tell` hears of each row as it is known. Leaves nothing behind."""
    rows = []
    live = bridging.NearServer()
    folder = Path(tempfile.mkdtemp(prefix="anlan-faults-")).resolve()
    folder.chmod(0o711)
    try:
        if MOSQUITTO.exists():
            live.broker.start()
        start_with_city(live)
        chance = np.random.default_rng(seed)
        if parts_s is None:
            parts_s = QUICK_PARTS_S if quick else FULL_PARTS_S
        for row in _near(live, chance, quick=quick, parts_s=parts_s):
            tell(row.shown())
            rows.append(row)
        live.stop()
        live.broker.stop()
        for row in _far(live, folder, chance, quick=quick):
            tell(row.shown())
            rows.append(row)
    finally:
        live.broker.stop()
        live.remove()
        for mounted in folder.iterdir():
            subprocess.run(["umount", str(mounted)], check=False, capture_output=True)
        shutil.rmtree(folder)
    return rows


def run_upgrade(earlier: str | None, *, tell: Callable[[str], None]) -> list[Row]:
    """Run the round of an upgrade alone, from the revision `earlier` or the release before."""
    folder = Path(tempfile.mkdtemp(prefix="anlan-upgrade-")).resolve()
    folder.chmod(0o711)
    try:
        row = upgrading.upgraded(folder, earlier or upgrading.release_before(), tell=tell)
    finally:
        shutil.rmtree(folder)
    tell(row.shown())
    return [row]


def _near(
    live: bridging.NearServer, chance: np.random.Generator, *, quick: bool, parts_s: float
) -> Iterator[Row]:
    yield killing.forgetful_client(live)
    yield killing.database_killed(live, chance, times=QUICK_KILLS if quick else FULL_KILLS)
    yield killing.parts_killed(live, chance, seconds=parts_s)
    if MOSQUITTO.exists():
        where = killing.conninfo(Server(Home(live.home)))
        yield bridging.bridge_killed(live, where, times=QUICK_TIMES if quick else FULL_TIMES)
    else:
        yield bridging.without_broker(MOSQUITTO)


def _far(
    live: bridging.NearServer, folder: Path, chance: np.random.Generator, *, quick: bool
) -> Iterator[Row]:
    pair = Pair(Home(live.home), folder)
    far = severing.FarServer(pair)
    try:
        far.start()
        assert far.session
        seconds = QUICK_AWAY_S if quick else FULL_AWAY_S
        for how in ("cut", "hold", "slow"):
            yield severing.line_broken(far, how, seconds=seconds, times=1 if quick else 2)
        yield severing.messages_repeated(far, chance)
        yield severing.clock_stepped(far)
        yield severing.unwritten_log(far)
        for _ in range(QUICK_TIMES if quick else FULL_TIMES):
            pair.add_replica()
            yield severing.replica_promoted(far)
        yield severing.replica_behind(far)
        for log_only in (False, True):
            yield severing.disc_filled(far, folder, log_only=log_only)
        yield from lateness.messages_late(far, chance, emptied=not quick)
    finally:
        far.remove()
        pair.close()
