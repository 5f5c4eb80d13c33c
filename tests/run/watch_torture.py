"""Kill a watch at random moments, start it again, and compare with an undisturbed one.

usage: python tests/run/watch_torture.py [--kills 50] [--seed 0]
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

from watch_victim import run_killed, run_once, snapshot, stories  # noqa: E402
from web import Web, serving  # noqa: E402

MOST = 5  # kills of one store, one after the other, before its run is let go on to the end


def torture(web: Web, kills: int, seed: int, root: Path) -> int:
    """How many stores it took. Raises AssertionError where something was lost or doubled."""
    warm, calm = root / "warm", root / "calm"
    warm.mkdir()
    calm.mkdir()
    run_once(warm, web)  # libraries are loaded here, not in each process
    begun = time.monotonic()
    assert run_killed(calm, web)[0] == 0
    longest, expected = time.monotonic() - begun, snapshot(calm)
    chance = random.Random(seed)
    killed = stores = 0
    while killed < kills:
        stores += 1
        folder = root / str(stores)
        folder.mkdir()
        for _ in range(min(MOST, kills - killed)):
            killed += run_killed(folder, web, after=chance.uniform(0, longest))[0] == -9
        assert run_killed(folder, web)[0] == 0
        assert snapshot(folder) == expected, f"seed {seed}, store {stores}, after {killed} kills"
        print(f"{killed} of {kills} kills, {stores} stores, all equal", flush=True)
    return stores


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--size", type=int, help="for the torture of stores, and passed over here")
    asked = parser.parse_args()
    with serving() as web, tempfile.TemporaryDirectory() as root:
        stores = torture(stories(web), asked.kills, asked.seed, Path(root))
    print(f"{asked.kills} kills of watches on {stores} stores: at the end nothing lost, nothing doubled")


if __name__ == "__main__":
    main()
