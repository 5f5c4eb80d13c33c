"""The weights of the comparison: log-odds that a feature at its full adds, so that a sum of 0 is an even chance."""

from __future__ import annotations

from collections.abc import Mapping

RECIPE = "compare:1"
BIAS = -3.0
WEIGHTS: Mapping[str, float] = {
    "type": 1.0,
    "mode": 0.5,
    "actor": 0.8,
    "recipient": 1.0,
    "place": 1.0,
    "date": 1.0,
    "figures": 0.5,
    "trigger": 0.5,
    "vector": 1.0,
    "words": 6.0,
    "same article": -2.0,
}
SAME, DIFFERENT = 1.0, -1.0  # log-odds from which on a pair is judged; between them it is unsure
NOT_COMPARED = -2.0  # what a pair counts in the average of a cluster that nothing suggested comparing
JOIN = 0.0  # the average log-odds from which on two clusters are one event
LONGEST = 14  # days between the first and the last date of one event
