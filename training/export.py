"""Write the trained network as one int8 ONNX file: ``python training/export.py RUN OUT``.

RUN is the folder of ``train.py``; OUT gets reader.onnx, reader.json and tokenizer.json. Weights are kept to seven bits
(``reduce_range``): on processors without VNNI the 8-bit kernels add pairs in 16 bits and saturate, with 7 bits they cannot,
so every processor computes the same numbers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import onnx
import torch
from data import Labels
from model import SMALL, Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn
from train import PRETRAINED

from polybius.reader.atoms import GAPS, MAX_PIECES

VECTOR = 64  # bytes of a trigger's projected vector
FLOOR = 0.1  # triggers below this probability are not looked at
NEVER = -1e4
INPUTS = ["ids", "shape", "first", "atoms"]
OUTPUTS = [
    "start",
    "join",
    "tags",
    "arcs",
    "rels",
    "found",
    "type_score",
    "status",
    "mode",
    "roles",
    "vector",
    "context",
]


class RowQuantised(nn.Module):
    """An embedding stored in int8 with a scale for each row: a quarter of the size, hardly any error."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("rows", (weight / scale).round().clamp(-127, 127).to(torch.int8))

    def forward(self, ids: Tensor) -> Tensor:
        return self.rows[ids].to(torch.float32) * self.scale[ids]  # type: ignore[index]


class Exported(nn.Module):
    """The network with everything decided that needs no search: tags, candidate triggers and their roles."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        generator = torch.Generator().manual_seed(0)
        self.register_buffer("projection", torch.randn(256, VECTOR, generator=generator) / 256**0.5)

    def forward(self, ids: Tensor, shape: Tensor, first: Tensor, atoms: Tensor) -> tuple[Tensor, ...]:
        n = self.network
        h, pooled = n.atoms(ids, shape, ids != 0, first)
        place = torch.arange(first.size(1))[None]
        valid = place < atoms[:, None]
        segment = n.segment(h)
        glued = torch.gather(shape, 1, first) % GAPS == 0
        join = (segment[..., 1] > 0) & glued & (place > 0)
        start = ((segment[..., 0] > 0) | (place == 0)) & ~join
        word = valid & ~join
        arcs = self.arcs(h, start, word)
        rel = n.rels(h, arcs.argmax(-1)).topk(2, -1).indices
        tags = torch.stack([layer(h).argmax(-1) for layer in (n.upos, n.feats, n.lemma, n.name)], -1)
        return (start & valid, join, tags, arcs, rel, *self.events(h, word), torch.sigmoid(n.context(pooled)))

    def arcs(self, h: Tensor, start: Tensor, word: Tensor) -> Tensor:
        """Scores of heads, impossible ones at NEVER: other sentences, parts of words, the word itself."""
        sentence, place = start.to(torch.int64).cumsum(1), torch.arange(h.size(1))[None]
        same = (
            (sentence[:, :, None] == sentence[:, None, :]) & word[:, None, :] & (place[:, :, None] != place[:, None, :])
        )
        allowed = torch.cat([torch.ones_like(same[..., :1]), same], -1)
        return torch.where(allowed, self.network.arcs(h), torch.full((), NEVER))

    def events(self, h: Tensor, word: Tensor) -> tuple[Tensor, ...]:
        """A made-up candidate stands last, so that no layer ever sees an empty batch; the reader drops it."""
        n = self.network
        score = torch.sigmoid(n.types(h)) * word[..., None]
        found = torch.cat([torch.nonzero(score > FLOOR), torch.zeros(1, 3, dtype=torch.int64)])
        row, atom, kind = found[:, 0], found[:, 1], found[:, 2]
        status, mode, role, x = n.frames(h, row, atom, kind)
        unit = x @ self.projection
        vector = (
            (unit / unit.norm(dim=-1, keepdim=True).clamp(min=1e-6) * 127 * 2.5).round().clamp(-127, 127).to(torch.int8)
        )
        return found, score[row, atom, kind], status.softmax(-1), torch.sigmoid(mode), role.log_softmax(-1), vector


def load(run: Path) -> tuple[Network, Labels]:
    labels = Labels(**json.loads((run / "labels.json").read_text()))
    network = Network(labels)
    network.load_state_dict(torch.load(run / "checkpoint.pt", weights_only=True)["average"])
    network.eval()
    position = network.encoder.position
    position.weight = nn.Parameter(position.weight[:MAX_PIECES].detach().clone())
    network.encoder.word = RowQuantised(network.encoder.word.weight.detach())  # type: ignore[assignment]
    return network, labels


def example() -> tuple[Tensor, Tensor, Tensor, Tensor]:
    ids = torch.randint(1000, 20000, (2, 24))
    ids[1, 20:] = 0
    first = torch.arange(1, 21)[None].repeat(2, 1)
    return ids, torch.ones_like(ids), first, torch.tensor([20, 15])


def to_onnx(module: nn.Module, args: tuple[Tensor, ...], inputs: list[str], outputs: list[str], path: Path) -> None:
    axes: dict[str, Any] = {
        "ids": {0: "b", 1: "l"},
        "shape": {0: "b", 1: "l"},
        "first": {0: "b", 1: "w"},
        "atoms": {0: "b"},
    }
    axes = {k: v for k, v in axes.items() if k in inputs}
    axes |= {"start": {0: "b", 1: "w"}, "join": {0: "b", 1: "w"}, "tags": {0: "b", 1: "w"}, "arcs": {0: "b", 1: "w", 2: "h"}, "rels": {0: "b", 1: "w"},
             "roles": {0: "k", 1: "w"}, "context": {0: "b"},
             **{name: {0: "k"} for name in ("found", "type_score", "status", "mode", "vector")}}  # fmt: skip
    axes = {k: v for k, v in axes.items() if k in inputs + outputs}
    torch.onnx.export(
        module,
        args,
        str(path),
        input_names=inputs,
        output_names=outputs,
        dynamic_axes=axes,
        dynamo=False,
        opset_version=17,
    )


def quantise(source: Path, target: Path, reduce_range: bool = True) -> None:
    prepared = source.with_suffix(".prepared.onnx")
    quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        str(prepared),
        str(target),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=reduce_range,
        op_types_to_quantize=["MatMul", "Gemm"],
    )
    prepared.unlink()


def export(run: Path, out: Path, eight_bits: bool = False) -> None:
    out.mkdir(parents=True, exist_ok=True)
    network, labels = load(run)
    float_file = run / "float.onnx"
    to_onnx(Exported(network), example(), INPUTS, OUTPUTS, float_file)
    quantise(float_file, out / "reader.onnx", not eight_bits)
    shutil.copy(PRETRAINED / "tokenizer.json", out / "tokenizer.json")
    digest = hashlib.sha256((out / "reader.onnx").read_bytes()).hexdigest()[:16]
    meta = {
        "fingerprint": digest,
        "hidden": SMALL.hidden,
        "threshold": 0.5,
        "brief_threshold": 0.5,
        "labels": {name: getattr(labels, name) for name in Labels.__slots__},
    }
    (out / "reader.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n")
    onnx.checker.check_model(str(out / "reader.onnx"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--eight-bits", action="store_true", help="for comparison: full range, exact only with VNNI")
    args = parser.parse_args()
    export(args.run, args.out, args.eight_bits)


if __name__ == "__main__":
    main()
