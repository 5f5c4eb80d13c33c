"""What each feature of a pair of claims adds to the log-odds that both are about one event.

A logistic regression on the annotated mentions of one type in one article (buckets 1 to 9: 9,394 pairs, 2,265 of one event).
``JOIN`` is the mean log-odds from which on a claim joins an incident, the best in cross-validation over the buckets.
"""

from __future__ import annotations

from collections.abc import Mapping

BIAS = -1.03
JOIN = -0.9
WEIGHTS: Mapping[str, float] = {
    "same trigger": 1.33,
    "definite": 1.12,
    "same mode": 0.73,
    "other mode": -3.38,
    "other status": -1.27,
    "one is background": -1.91,
    "one is denied": 1.59,
    "same actor": 0.57,
    "actor of one country": -0.09,
    "other actor": -0.48,
    "one actor": 0.0,
    "same recipient": 0.48,
    "recipient of one country": -0.23,
    "other recipient": -0.25,
    "one recipient": 0.0,
    "same place": 0.89,
    "other place": -0.77,
    "same time": 0.17,
    "other time": -0.02,
    "one sentence": -0.65,
    "sentences between": -0.7,
}
