"""Reports to events: origins of copies; block, compare, judge, cluster, believe. Pure functions, no files, no clock."""

from polybius.assembly.assemble import Assembler, Assembly, Source, assemble
from polybius.assembly.facts import anchor
from polybius.assembly.judge import Ruling, rule
from polybius.assembly.origins import Origin, origins
from polybius.assembly.signature import signature_of
from polybius.assembly.weights import RECIPE

__all__ = [
    "RECIPE",
    "Assembler",
    "Assembly",
    "Origin",
    "Ruling",
    "Source",
    "anchor",
    "assemble",
    "origins",
    "rule",
    "signature_of",
]
