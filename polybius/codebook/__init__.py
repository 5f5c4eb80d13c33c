"""What is coded: event types, modes, contexts and sectors as an editable file, read, checked and compiled."""

from polybius.codebook.crosswalk import Crossing, Crosswalk, load_crosswalk
from polybius.codebook.faults import CodebookError, Fault
from polybius.codebook.load import load
from polybius.codebook.model import Codebook, Decision, EventType, Mode
from polybius.codebook.rules import Action, Condition, Example, Rule
from polybius.codebook.to_cameo import Cameo, cameo

__all__ = [
    "Action",
    "Cameo",
    "Codebook",
    "CodebookError",
    "Condition",
    "Crossing",
    "Crosswalk",
    "Decision",
    "EventType",
    "Example",
    "Fault",
    "Mode",
    "Rule",
    "cameo",
    "load",
    "load_crosswalk",
]
