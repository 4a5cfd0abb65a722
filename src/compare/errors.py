"""Errors of the package.

Every message says what was wanted, what was found, where, and what would have been accepted;
:func:`accepted` writes the last part the same way everywhere.
"""

from collections.abc import Iterable

__all__ = [
    "CatalogueError",
    "CompareError",
    "DocumentError",
    "ExtractionError",
    "ReportError",
    "SchemaError",
    "accepted",
]


class CompareError(ValueError):
    """Base of the package's errors."""


class DocumentError(CompareError):
    """A document or reference file is missing, empty, unreadable or not what it should be."""


class ExtractionError(CompareError):
    """A document was read, but no plan was found in it, or a correction does not fit it."""


class SchemaError(CompareError):
    """A table lacks columns, has unknown ones, or holds values that its schema forbids."""


class CatalogueError(CompareError):
    """The catalogue is missing, malformed, or does not fit the tasks."""


class ReportError(CompareError):
    """A report could not be made: unknown parameter or locality, or a notebook that failed."""


def accepted(names: Iterable[str]) -> str:
    """Write the accepted names as the end of a message.

    Examples
    --------
    >>> accepted(["gia-lai", "dong-nai"])
    'accepted: dong-nai, gia-lai'
    """
    return "accepted: " + ", ".join(sorted(names))
