"""The network: an encoder and heads on the first word piece of each atom. One class trains, teaches and is exported."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from data import ROLES, SRL, Labels
from safetensors.torch import load_file
from torch import Tensor, nn

from polybius.reader.atoms import CASES, GAPS

VOCABULARY, POSITIONS, ATTENTION_HEADS = 30522, 512, 12
ARC, REL, PAIR, ROLE = 256, 192, 192, 256
DISTANCE = 20  # between a trigger and a word, in atoms, clipped
MIXED = 4  # the heads read a learnt mixture of the last layers


@dataclass(frozen=True, slots=True)
class Size:
    """Shape of an encoder. ``buckets`` of relative positions are MPNet's; 0 has none, as BERT.

    The lowest ``frozen`` layers keep their weights, which saves a fifth of a step of the teacher for four of twelve;
    case and gap then enter above them.
    """

    hidden: int = 384
    layers: int = 6
    buckets: int = 0
    frozen: int = 0


SMALL = Size()  # MiniLM: what ships
LARGE = Size(768, 12, 32, 4)  # MPNet-base: the teacher


class Layer(nn.Module):
    def __init__(self, hidden: int, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(hidden, hidden) for _ in range(4))
        self.inner, self.outer = nn.Linear(hidden, 4 * hidden), nn.Linear(4 * hidden, hidden)
        self.norm1, self.norm2 = nn.LayerNorm(hidden, eps=1e-12), nn.LayerNorm(hidden, eps=1e-12)
        self.dropout, self.root = nn.Dropout(dropout), math.sqrt(hidden // ATTENTION_HEADS)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        def heads(y: Tensor) -> Tensor:
            return y.view(y.size(0), y.size(1), ATTENTION_HEADS, -1).transpose(1, 2)

        q, k, v = heads(self.query(x)), heads(self.key(x)), heads(self.value(x))
        scores = q @ k.transpose(-1, -2) / self.root + mask.to(q.dtype)
        mixed = scores.softmax(-1).to(v.dtype) @ v
        x = self.norm1(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(x.shape))))
        return self.norm2(x + self.dropout(self.outer(F.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """BERT or MPNet; case and gap enter as an embedding of their own, since the vocabulary is uncased."""

    def __init__(self, size: Size = SMALL, dropout: float = 0.1) -> None:
        super().__init__()
        hidden = size.hidden
        self.word, self.position = nn.Embedding(VOCABULARY, hidden), nn.Embedding(POSITIONS, hidden)
        self.shape = nn.Embedding(CASES * GAPS, hidden)
        nn.init.zeros_(self.shape.weight)
        self.relative = nn.Embedding(size.buckets, ATTENTION_HEADS) if size.buckets else None
        self.norm, self.dropout = nn.LayerNorm(hidden, eps=1e-12), nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(hidden, dropout) for _ in range(size.layers))
        self.frozen = size.frozen
        if size.frozen:
            for part in (self.word, self.position, self.relative, self.norm, *self.layers[: size.frozen]):
                part.requires_grad_(False)

    def forward(self, ids: Tensor, shape: Tensor, mask: Tensor) -> list[Tensor]:
        x, out = self.word(ids) + self.position(torch.arange(ids.size(1), device=ids.device))[None], []
        x = self.dropout(self.norm(x if self.frozen else x + self.shape(shape)))
        bias = (1.0 - mask.to(x.dtype))[:, None, None, :] * -1e4
        if self.relative is not None:
            bias = bias + self.relative(buckets(ids.size(1), self.relative.num_embeddings)).permute(2, 0, 1)[None]
        for number, layer in enumerate(self.layers):
            if self.frozen and number == self.frozen:
                x = x + self.shape(shape)
            x = layer(x, bias)
            out.append(x)
        return out

    def load_pretrained(self, folder: Path, vocabulary: dict[str, int]) -> None:
        """Weights of a BERT- or MPNet-shaped safetensors file; ``vocabulary`` (word piece → id) is the one that is kept.

        The constant segment embedding of BERT goes into the positions; MPNet's rows are put in the order of the vocabulary.
        """
        source = {k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()}
        rows = piece_rows(folder, vocabulary)
        self.word.weight.data.copy_(source["embeddings.word_embeddings.weight"][rows])
        positions = source["embeddings.position_embeddings.weight"][-POSITIONS:]
        segment = source.get("embeddings.token_type_embeddings.weight")
        self.position.weight.data.copy_(positions if segment is None else positions + segment[0])
        self._take(self.norm, source, "embeddings.LayerNorm")
        if self.relative is not None:
            self.relative.weight.data.copy_(source["encoder.relative_attention_bias.weight"])
        parts = MPNET_PARTS if self.relative is not None else BERT_PARTS
        for i, layer in enumerate(self.layers):
            for mine, theirs in parts.items():
                self._take(getattr(layer, mine), source, f"encoder.layer.{i}.{theirs}")

    @staticmethod
    def _take(module: nn.Module, source: dict[str, Tensor], name: str) -> None:
        module.weight.data.copy_(source[name + ".weight"])  # type: ignore[operator, union-attr]
        module.bias.data.copy_(source[name + ".bias"])  # type: ignore[operator, union-attr]


BERT_PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "norm2": "output.LayerNorm",
}
MPNET_PARTS = BERT_PARTS | {
    "query": "attention.attn.q",
    "key": "attention.attn.k",
    "value": "attention.attn.v",
    "out": "attention.attn.o",
    "norm1": "attention.LayerNorm",
}
SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}


def piece_rows(folder: Path, vocabulary: dict[str, int]) -> Tensor:
    """The row of each word piece in a model's own vocabulary; MPNet's holds BERT's pieces under other numbers."""
    own = json.loads((folder / "tokenizer.json").read_text())["model"]["vocab"]
    pieces = sorted(vocabulary, key=vocabulary.__getitem__)
    return torch.tensor([own.get(SPECIAL.get(p, p), own[p]) for p in pieces])


def buckets(length: int, count: int, far: int = 128) -> Tensor:
    """(length, length) buckets of relative positions, as T5 and MPNet have them: half of them for each direction."""
    position = torch.arange(length)
    offset = position[:, None] - position[None]
    half, near = count // 2, count // 4
    n = offset.abs()
    distant = near + (torch.log(n.clamp(min=1) / near) / math.log(far / near) * (half - near)).long()
    return (offset < 0).long() * half + torch.where(n < near, n, distant.clamp(max=half - 1))


class PairDropout(nn.Module):
    """Dropout of whole features of a trigger: one mask for all its words, since a mask for every pair is slow to draw."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        keep = torch.rand(x.size(0), 1, x.size(2), device=x.device) >= self.rate
        return x * keep.to(x.dtype) / (1 - self.rate)


class Pairs(nn.Module):
    """A layer over (trigger, word) pairs, shared by PropBank roles and event roles.

    The first matrix is split so that what depends on one of the two is computed once, not for every pair.
    """

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.left, self.right = nn.Linear(hidden, PAIR), nn.Linear(hidden, PAIR)
        self.from_left, self.from_right, self.product = (
            nn.Linear(PAIR, ROLE),
            nn.Linear(PAIR, ROLE, bias=False),
            nn.Linear(PAIR, ROLE, bias=False),
        )
        self.distance = nn.Embedding(2 * DISTANCE + 1, ROLE)
        nn.init.normal_(self.distance.weight, std=0.02)

    def forward(self, h: Tensor, row: Tensor, atom: Tensor) -> Tensor:
        """(batch, atoms, hidden), K rows and K atoms → (K, atoms, ROLE)."""
        a = F.gelu(self.left(h[row, atom]))
        b = F.gelu(self.right(h))
        far = (torch.arange(h.size(1), device=h.device)[None] - atom[:, None]).clamp(-DISTANCE, DISTANCE) + DISTANCE
        return (
            self.from_left(a)[:, None]
            + self.from_right(b)[row]
            + self.product(a[:, None] * b[row])
            + self.distance(far)
        )


class Network(nn.Module):
    def __init__(self, labels: Labels, size: Size = SMALL, dropout: float = 0.2) -> None:
        super().__init__()
        hidden = size.hidden
        self.encoder = Encoder(size)
        self.mix = nn.Parameter(torch.zeros(MIXED))
        self.drop, self.pair_drop = nn.Dropout(dropout), PairDropout(dropout)
        self.segment = nn.Linear(hidden, 2)
        self.upos, self.feats, self.lemma = (
            nn.Linear(hidden, len(v)) for v in (labels.upos, labels.feats, labels.lemmas)
        )
        self.name = nn.Linear(hidden, len(labels.names))
        self.root = nn.Parameter(torch.zeros(1, 1, hidden))
        self.arc_head, self.arc_dep, self.rel_head, self.rel_dep = (
            nn.Linear(hidden, ARC),
            nn.Linear(hidden, ARC),
            nn.Linear(hidden, REL),
            nn.Linear(hidden, REL),
        )
        self.arc = nn.Linear(ARC, ARC)
        self.rel_pair, self.rel = nn.Linear(3 * REL, REL), nn.Linear(REL, len(labels.rels))
        self.type_hidden, self.event_type = nn.Linear(hidden, 256), nn.Linear(256, len(labels.types))
        nn.init.constant_(self.event_type.bias, -4.5)  # or the first epochs are lost in "no event"
        self.kind = nn.Embedding(len(labels.types), 64)
        self.frame = nn.Linear(hidden + 64, 256)
        self.status, self.mode, self.fact = (
            nn.Linear(256, len(labels.statuses)),
            nn.Linear(256, len(labels.modes)),
            nn.Linear(hidden, 1),
        )
        self.pairs = Pairs(hidden)
        self.kind_role = nn.Linear(64, ROLE)
        self.role, self.argument = nn.Linear(ROLE, len(ROLES)), nn.Linear(ROLE, len(SRL))
        self.context = nn.Linear(hidden, len(labels.contexts))
        nn.init.constant_(self.context.bias, -3.0)

    def atoms(self, ids: Tensor, shape: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, Tensor]:
        """(batch, atoms, hidden) at the first pieces, and the vector of the whole window."""
        layers = self.encoder(ids, shape, mask)[-MIXED:]
        weights = torch.softmax(self.mix, 0)
        h = sum(weights[i] * layer for i, layer in enumerate(layers))
        rows = torch.arange(ids.size(0), device=ids.device)[:, None]
        return self.drop(h[rows, first]), layers[-1][:, 0]

    def arcs(self, h: Tensor) -> Tensor:
        """(batch, atoms, 1 + atoms): score of each head, the root first."""
        heads = self.drop(F.gelu(self.arc_head(torch.cat([self.root.expand(h.size(0), -1, -1), h], 1))))
        return self.arc(self.drop(F.gelu(self.arc_dep(h)))) @ heads.transpose(1, 2)

    def rels(self, h: Tensor, head: Tensor) -> Tensor:
        """(batch, atoms, relations) given each atom's head (0 is the root)."""
        rows = torch.arange(h.size(0), device=h.device)[:, None]
        heads = self.drop(F.gelu(self.rel_head(torch.cat([self.root.expand(h.size(0), -1, -1), h], 1))))[rows, head]
        deps = self.drop(F.gelu(self.rel_dep(h)))
        return self.rel(self.drop(F.gelu(self.rel_pair(torch.cat([deps, heads, deps * heads], -1)))))

    def types(self, h: Tensor) -> Tensor:
        return self.event_type(self.drop(F.gelu(self.type_hidden(h))))

    def frames(self, h: Tensor, row: Tensor, atom: Tensor, kind: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Status, modes, roles of K triggers, and the hidden vector of each."""
        k = self.kind(kind)
        x = F.gelu(self.frame(torch.cat([h[row, atom], k], -1)))
        z = F.gelu(self.pairs(h, row, atom) + self.kind_role(k)[:, None])
        return self.status(self.drop(x)), self.mode(self.drop(x)), self.role(self.pair_drop(z)), x

    def arguments(self, h: Tensor, row: Tensor, atom: Tensor) -> Tensor:
        return self.argument(self.pair_drop(F.gelu(self.pairs(h, row, atom))))
