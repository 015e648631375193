"""`make scale`: two replicas behind nginx with one store, a death, a restart and a new version.

All of it on this machine, at ports of the loopback address, in a temporary folder. Ends with 1 and
a sentence when something does not come about.
"""

import asyncio
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.protocol import opened
from benchmarks.scale import steps
from benchmarks.scale.stage import NAME, Stage, filled, set_up
from benchmarks.scale.until import Failed
from benchmarks.scale.version import new_version
from benchmarks.server import Server
from ui.app.server.bounds.descriptors import allow_open_files

MOST_SECONDS = 900.0
VISIT_SECONDS = 0.02
"""From a tab's request for a page to the end of its first run, where nothing else is going on, on
the machine of docs/measurements.md."""
VISITS = 9


def main() -> None:
    """See the module."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("make scale was ended"))
    missing = [name for name in ("nginx", "redis-server") if shutil.which(name) is None]
    if missing:
        sys.exit(f"scale: {' and '.join(missing)} not installed")
    allow_open_files()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bn_ln_scale_") as folder:
        try:
            asyncio.run(_trials(Path(folder)))
        except (Failed, AssertionError, TimeoutError) as error:
            logs = sorted(Path(folder).glob("*.log"))
            words = "\n".join(f"{one.name}: {one.read_text('utf-8')[-1500:]}" for one in logs)
            sys.exit(f"scale: {str(error) or 'it took too long'}\n{words}")
    print(f"scale: all of it held, in {time.monotonic() - begun:.0f} s")


async def _trials(folder: Path) -> None:
    async with asyncio.timeout(MOST_SECONDS), set_up(folder) as stage:
        slowness = max(1.0, await _quiet_visit(stage) / VISIT_SECONDS)
        print(f"scale: a first visit takes this machine {slowness:.1f} times what it should")
        async with filled(stage):
            _say(await steps.both_at_work(stage))
            _say(await steps.one_killed(stage, slowness))
            _say(await steps.store_restarted(stage))
            _say(await steps.replaced(stage, new_version(folder)))


async def _quiet_visit(stage: Stage) -> float:
    """How long a first visit to one replica takes now, in s."""
    assert stage.replicas[0].running is not None
    server = Server(stage.replicas[0].running.pid, stage.ports[0], "", "/live/lab", name=NAME)
    taken = []
    for _ in range(VISITS):
        begun = time.perf_counter()
        async with opened(server, {}):
            taken.append(time.perf_counter() - begun)
    return median(taken)


def _say(seen: str) -> None:
    print(f"scale: {seen}", flush=True)


if __name__ == "__main__":
    main()
