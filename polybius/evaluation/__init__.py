"""Gold, scorers and pinned floors. Scorers score the records that they are handed; nothing here codes a text."""

from polybius.evaluation.agreement import Agreement, agreement
from polybius.evaluation.annotations import AnnotationError
from polybius.evaluation.compare import Comparison, Mistake, compare
from polybius.evaluation.files import read_gold
from polybius.evaluation.gold import MarkedText, from_annotated, from_records, from_reports
from polybius.evaluation.scores import Confusion, Score, by_family, confusions, score

__all__ = [
    "Agreement",
    "AnnotationError",
    "Comparison",
    "Confusion",
    "MarkedText",
    "Mistake",
    "Score",
    "agreement",
    "by_family",
    "compare",
    "confusions",
    "from_annotated",
    "from_records",
    "from_reports",
    "read_gold",
    "score",
]
