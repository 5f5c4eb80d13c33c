"""The weights of the comparison: log-odds that a feature at its full adds, so that a sum of 0 is an even chance.

They were fitted to pairs of reports in ECB+ (topics 1, 6, 11, 16, 26 and 31 of its training part), drawn towards values set by hand, and
rounded. Articles there have no dates, few places that differ and no counts, and actors of a topic are the same: the weights of these are set by hand.

That of vectors was checked on pairs of topics 1, 3, 6, 8, 11, 13, 16, 20, 26, 28 and 31: of two accounts of one type, those of one event have cosines of 0.93
in the mean and others of 0.85. Between 0.5 and 1.4 the order of pairs is about equally good; 0.7 keeps wrong pairs fewest.
"""

from __future__ import annotations

from collections.abc import Mapping

RECIPE = "compare:2"
BIAS = -4.7
WEIGHTS: Mapping[str, float] = {
    "type": 1.5,
    "mode": 0.5,
    "actor": 0.5,
    "recipient": 0.3,
    "place": 0.8,
    "date": 1.5,
    "figures": 0.5,
    "trigger": 1.8,
    "vector": 0.7,
    "words": 4.7,
    "same article": -2.0,
}
SAME, DIFFERENT = 1.0, -1.0  # log-odds from which on a pair is judged; between them it is unsure
NOT_COMPARED = -2.0  # what a pair counts in the average of a cluster that nothing suggested comparing
JOIN = 0.0  # the average log-odds from which on two clusters are one event
LONGEST = 14  # days between the first and the last date of one event
