"""Kill what writes a store at random moments after its first commit, do it again, and compare with an undisturbed run.

usage: python tests/store/torture.py [--kills 50] [--seed 0] [--size 16]
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import tempfile
from itertools import islice
from pathlib import Path

import store_victim

MOST = 5  # kills of one store, one after the other, before its run is let go on to the end


def torture(server: store_victim.Server, kills: int, seed: int, size: int, root: Path) -> int:
    """How many stores it took. Raises AssertionError where something was lost or doubled."""
    calm = root / "calm"
    calm.mkdir()
    answer = server.run(calm, size=size)
    assert answer["exit"] == 0
    expected = store_victim.snapshot(calm)
    delays = iter(store_victim.delays(seed, 100 * kills, answer["seconds"]))
    killed = stores = 0
    while killed < kills:
        stores += 1
        folder = root / str(stores)
        folder.mkdir()
        for delay in islice(delays, min(MOST, kills - killed)):
            if not kill_once(server, folder, size, delay):
                break  # it was done before
            killed += 1
        assert server.run(folder, size=size)["exit"] == 0
        assert store_victim.snapshot(folder) == expected, f"seed {seed}, store {stores}, after {killed} kills"
        shutil.rmtree(folder)
        print(f"{killed} of {kills} kills, {stores} stores, all equal", flush=True)
    return stores


def kill_once(server: store_victim.Server, folder: Path, size: int, delay: float) -> bool:
    answer = server.run(folder, size=size, after=delay)
    assert answer["signal"] == signal.SIGKILL or answer["exit"] == 0, answer
    torn = store_victim.faults(folder / store_victim.NEWS)
    assert torn == [], torn
    return bool(answer["signal"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--size", type=int, default=16)
    asked = parser.parse_args()
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else None
    with store_victim.server() as server, tempfile.TemporaryDirectory(dir=place) as root:
        stores = torture(server, asked.kills, asked.seed, asked.size, Path(root))
    print(
        f"{asked.kills} kills at work on {stores} stores, after each the store was whole; at the end nothing lost, nothing doubled"
    )


if __name__ == "__main__":
    main()
