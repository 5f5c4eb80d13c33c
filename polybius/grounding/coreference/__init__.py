"""Coreference within an article: which names, descriptions and pronouns stand for the same entity."""

from polybius.grounding.coreference.chain import Chain, Chains, Gender, Mention, MentionKind, Number, index
from polybius.grounding.coreference.resolve import chains

__all__ = ["Chain", "Chains", "Gender", "Mention", "MentionKind", "Number", "chains", "index"]
