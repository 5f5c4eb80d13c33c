"""A mention → Grounding: coreference, actors, places, dates; one shape for all of them."""

from polybius.grounding.ground import ground

__all__ = ["ground"]
