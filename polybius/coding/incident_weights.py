"""What each feature of a pair of claims adds to the log-odds that both are about one event.

A logistic regression on the annotated mentions of one type in one article (buckets 1 to 9: 9,394 pairs, 2,265 of one event), rounded.
"other week" and "other sides" are set by hand, stronger than fitted: such pairs are few there. ``JOIN`` is the mean log-odds
from which on a claim joins an incident; cross-validation over the buckets is flat from -1.1 to -0.9.
"""

from __future__ import annotations

from collections.abc import Mapping

BIAS = -1.04
JOIN = -1.0
WEIGHTS: Mapping[str, float] = {
    "same trigger": 1.35,
    "definite": 1.12,
    "same mode": 0.7,
    "other mode": -3.4,
    "other status": -1.27,
    "one is background": -1.7,
    "one is denied": 1.58,
    "same actor": 0.57,
    "actor of one country": -0.09,
    "other actor": -0.48,
    "same recipient": 0.49,
    "recipient of one country": -0.24,
    "other recipient": -0.25,
    "other sides": -1.5,
    "same place": 0.89,
    "other place": -0.78,
    "same time": 0.19,
    "other week": -1.5,
    "one sentence": -0.64,
    "sentences between": -0.66,
}
