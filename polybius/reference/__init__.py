"""The world as tables: countries, demonyms, metonyms, organisations, office-holders with dates, gazetteer."""

from polybius.reference.world import Holder, Known, Town, World, load, normal

__all__ = ["Holder", "Known", "Town", "World", "load", "normal"]
