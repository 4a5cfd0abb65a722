"""What each table holds: the contract that people join on.

One :class:`Table` a table: what one row is, its key, its columns in order, and what each column means
and may hold. :mod:`compare.schema` checks, writes and documents by it.
"""

from compare.tables.alignment import ALIGNMENT
from compare.tables.bodies import BODIES
from compare.tables.column import LEVELS, PARTS, TIMELINE_KINDS, Column, Table
from compare.tables.load import LOAD
from compare.tables.plans import PLANS

__all__ = ["LEVELS", "PARTS", "TABLES", "TIMELINE_KINDS", "Column", "Table"]

TABLES: dict[str, Table] = PLANS | ALIGNMENT | LOAD | BODIES
