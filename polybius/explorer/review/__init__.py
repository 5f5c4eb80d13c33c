"""Review: what is most in doubt first; persons accept, correct, reject, merge and split, alone or two of them blind."""
