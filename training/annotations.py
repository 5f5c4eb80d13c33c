"""The annotated reports under the name by which the trainer and the scripts know them; the package reads and writes them."""

from __future__ import annotations

from polybius.evaluation.annotations import (
    CONTEXTS,
    MODES,
    ROLES,
    SECTORS,
    STATUSES,
    TYPES,
    AnnotatedEntity,
    AnnotatedEvent,
    AnnotatedReport,
    AnnotationError,
    RoleFiller,
    Span,
    locate,
    read,
    read_all,
    split,
)
from polybius.evaluation.notation import notation

__all__ = [
    "CONTEXTS",
    "MODES",
    "ROLES",
    "SECTORS",
    "STATUSES",
    "TYPES",
    "AnnotatedEntity",
    "AnnotatedEvent",
    "AnnotatedReport",
    "AnnotationError",
    "RoleFiller",
    "Span",
    "locate",
    "notation",
    "read",
    "read_all",
    "split",
]
