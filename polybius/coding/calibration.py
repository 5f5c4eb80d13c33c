"""Confidence that means something: of all fields with confidence 0.8, four of five are right.

A logistic regression a field over the numbers of ``evidence``, fitted on annotated reports that the reader was not trained on
(``training/calibrate.py``). Its weights come as a data file, which names the reader that it was fitted for.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from polybius.codebook import Codebook
from polybius.coding.evidence import Crowd, Features, evidence
from polybius.records import Claim, Groundings, Reading

PACKAGED = Path(__file__).parent / "calibration.json"
CORE = "core"  # type, actors and recipients, all right together
ALWAYS = ("event", "status", CORE)  # the other fields have a confidence only where they have a filler

Confidence = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """The chance that a field is right: a sum of weighted features, squashed."""

    bias: float
    of: Mapping[str, float]

    def chance(self, features: Features) -> float:
        total = self.bias + sum(self.of.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + math.exp(-min(max(total, -30.0), 30.0)))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights by field. Without any, a report has the reader's own scores. ``reader`` is the fingerprint it was fitted for."""

    reader: str = ""
    fields: Mapping[str, Weights] = field(default_factory=dict)
    fingerprint: str = ""

    def confidence(
        self, claim: Claim, reading: Reading, around: Crowd, groundings: Groundings, codebook: Codebook
    ) -> Confidence:
        """How likely each field of a grounded claim is right."""
        if not self.fields:
            return claim.confidence
        features = evidence(claim, reading, around, groundings, codebook)
        known = {name: self.fields[name] for name in self.fields if name in ALWAYS or name in features}
        chances = {name: weights.chance(features) for name, weights in known.items()}
        if CORE in chances:  # all three are right only where the type is
            chances[CORE] = min(chances[CORE], chances.get("event", 1.0))
        return tuple((name, round(chance, 3)) for name, chance in chances.items())


def load_calibration(path: Path | None = None) -> Calibration:
    """The packaged calibration or that of a file. Raises ValueError, with the place, for a file of another form."""
    source = path or PACKAGED
    content = source.read_bytes()
    try:
        data = json.loads(content)
        fields = {name: Weights(float(one["bias"]), dict(one["weights"])) for name, one in data["fields"].items()}
        reader = str(data["reader"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(
            f'{source}: no calibration: it has "reader" and "fields" with "bias" and "weights" each ({error!r}); '
            "make it with training/calibrate.py"
        ) from None
    return Calibration(reader, fields, hashlib.sha256(content).hexdigest()[:16])


def calibration_of(model: Path | None) -> Calibration:
    """The calibration in the folder of a model, or else the packaged one; none where there is no file at all."""
    beside = model / "calibration.json" if model else PACKAGED
    source = beside if beside.is_file() else PACKAGED
    return load_calibration(source) if source.is_file() else Calibration()
