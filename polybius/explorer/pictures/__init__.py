"""Map, timeline, dyads, actors and places: what is counted, and how it is drawn."""
