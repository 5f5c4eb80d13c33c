"""What a trained network says of every window: ``python training/teach.py RUN OUT.pt``, for ``train.py --taught OUT.pt``.

RUN is the folder of the teacher. A small network that learns from a large one's doubts as well as from labels does better than
from labels alone (Hinton, Vinyals, Dean: Distilling the Knowledge in a Neural Network, 2015), and the large one also labels
text that nobody has: the treebanks and news without event labels.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from data import Corpora, Labels, Taught, Window, corpora
from model import Network
from torch import Tensor
from train import HERE, SIZES, has_bf16, inputs, tokenizer

LEAST = 0.25  # probability of a trigger whose roles are taught where no label names it
PIECES = 8192  # padded word pieces a pass


def load(run: Path, size: str) -> Network:
    """The averaged weights of a run, in evaluation."""
    network = Network(Labels(**json.loads((run / "labels.json").read_text())), SIZES[size])
    network.load_state_dict(torch.load(run / "checkpoint.pt", weights_only=True)["average"])
    return network.eval()


def chunks(windows: list[Window]) -> list[list[int]]:
    """Numbers of windows, those of like length together."""
    out: list[list[int]] = [[]]
    for number in sorted(range(len(windows)), key=lambda k: windows[k].size):
        if out[-1] and windows[number].size * (len(out[-1]) + 1) > PIECES:
            out.append([])
        out[-1].append(number)
    return out


@torch.inference_mode()
def teach(network: Network, windows: list[Window]) -> list[Taught]:
    """What the network says of each window, in order."""
    out: dict[int, Taught] = {}
    done = 0
    for numbers in chunks(windows):
        out |= zip(numbers, say(network, [windows[k] for k in numbers]), strict=True)
        done += len(numbers)
        print(f"{done}/{len(windows)}", end="\r", flush=True)
    return [out[k] for k in range(len(windows))]


def say(network: Network, windows: list[Window]) -> list[Taught]:
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_bf16()):
        h, _ = network.atoms(*inputs(windows, None))
        types = torch.sigmoid(network.types(h).float())
        asked = [triggers(window, types[row]) for row, window in enumerate(windows)]
        row = torch.cat([torch.full((len(a),), k) for k, a in enumerate(asked)])
        atom, kind = torch.cat(asked).T if len(row) else (row, row)
        if len(row):
            status, mode, role, _ = network.frames(h, row, atom, kind)
    out = []
    for k, window in enumerate(windows):
        mine, n = row == k, len(window.sentence)
        if not len(asked[k]):
            out.append(Taught(types[k, :n].half()))
            continue
        answers = (
            status[mine].float().softmax(-1),
            torch.sigmoid(mode[mine].float()),
            role[mine, :n].float().softmax(-1),
        )
        out.append(Taught(types[k, :n].half(), asked[k], *(a.half() for a in answers)))
    return out


def triggers(window: Window, types: Tensor) -> Tensor:
    """(K, 2) atoms and types whose roles are asked for: the labelled ones, else those that the network finds."""
    if window.events is not None:
        return torch.tensor([(e.atom, e.type) for e in window.events], dtype=torch.long).reshape(-1, 2)
    return torch.nonzero(types[: len(window.sentence)] > LEAST)


def agreement(network: Network, windows: list[Window]) -> dict[float, float]:
    """Trigger+type F1 of first words on labelled windows, by threshold: enough to see whether a teacher knows more."""
    said = [
        (t.types, {(e.atom, e.type) for e in w.events or []})
        for t, w in zip(teach(network, windows), windows, strict=True)
    ]
    out = {}
    for threshold in (0.2, 0.3, 0.4, 0.5):
        found = [({(int(a), int(k)) for a, k in torch.nonzero(types > threshold)}, gold) for types, gold in said]
        right = sum(len(mine & gold) for mine, gold in found)
        out[threshold] = round(200 * right / max(1, sum(len(mine) + len(gold) for mine, gold in found)), 1)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path, nargs="?", help="without it, only the agreement on bucket 1 is printed")
    parser.add_argument("--size", choices=sorted(SIZES), default="large")
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    args = parser.parse_args()
    torch.set_num_threads(2)
    data = corpora(args.shared, sorted((HERE / "corpus").glob("*.txt")), tokenizer())
    network = load(args.run, args.size)
    long = [w for w in data.dev_frames if w.size > 100]
    print(
        "bucket 1, all windows and those over 100 pieces:",
        agreement(network, data.dev_frames),
        agreement(network, long),
    )
    if args.out:
        save(network, data, args.out)


def save(network: Network, data: Corpora, out: Path) -> None:
    windows = [*data.frames, *data.trees, *data.raw]
    torch.save({w.key: list(t) for w, t in zip(windows, teach(network, windows), strict=True)}, out)


if __name__ == "__main__":
    main()
