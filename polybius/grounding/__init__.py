"""A mention → Grounding: coreference, actors, places, dates; one shape for all of them."""

from polybius.grounding.ground import Survey, ground, survey
from polybius.grounding.implicit import fill

__all__ = ["Survey", "fill", "ground", "survey"]
