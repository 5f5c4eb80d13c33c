"""Assembly of a store, step by step: what changed, what it can reach, what that comes to, and what has to be written."""
