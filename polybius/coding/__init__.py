"""Coding: frames, trees and names become claims, and grounded claims become reports.

The reader proposes; coding cleans the phrases, completes what the tree shows, says who is the source, and applies the
conventions of the codebook. Each decision can be traced.
"""

from polybius.coding.attributions import Attribution, attributions, outermost
from polybius.coding.between import Deed, between
from polybius.coding.calibration import Calibration, calibration_of, load_calibration
from polybius.coding.claims import claims
from polybius.coding.reports import reports

__all__ = [
    "Attribution",
    "Deed",
    "Calibration",
    "attributions",
    "between",
    "calibration_of",
    "claims",
    "load_calibration",
    "outermost",
    "reports",
]
