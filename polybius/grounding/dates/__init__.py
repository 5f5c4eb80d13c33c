"""When: expressions of time → ranges, against the publication date and the story's own date.

Rules stand in tables, one module a kind; ``grammar`` makes one pattern of them all and ``expression`` puts together what stands
in one phrase.
"""

from polybius.grounding.dates.expression import expression, find, grounded, meaning, not_found, without_words
from polybius.grounding.dates.when import Anchor, Miss, When, range_of

__all__ = [
    "Anchor",
    "Miss",
    "When",
    "expression",
    "find",
    "grounded",
    "meaning",
    "not_found",
    "range_of",
    "without_words",
]
