"""What is coded: event types, modes, contexts and sectors as an editable file, read, checked and compiled."""

from polybius.codebook.crosswalk import Crossing, Crosswalk, load_crosswalk
from polybius.codebook.faults import CodebookError, Fault
from polybius.codebook.load import load
from polybius.codebook.model import Codebook, Decision, EventType, Mode

__all__ = [
    "Codebook",
    "CodebookError",
    "Crossing",
    "Crosswalk",
    "Decision",
    "EventType",
    "Fault",
    "Mode",
    "load",
    "load_crosswalk",
]
