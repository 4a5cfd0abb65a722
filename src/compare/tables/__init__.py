"""What each table holds: the contract that people join on.

One :class:`Table` a table: what one row is, its key, its columns in order, and what each column means
and may hold. :mod:`compare.schema` checks, writes and documents by it.
"""

from compare.tables.alignment import ALIGNMENT
from compare.tables.bodies import BODIES
from compare.tables.column import LEVELS, PARTS, TIMELINE_KINDS, Column, Table
from compare.tables.grounds import GROUNDS
from compare.tables.load import LOAD, ONE_OFF, RECURRING
from compare.tables.plans import PLANS
from compare.tables.promises import PROMISES
from compare.tables.time import TIME

__all__ = ["LEVELS", "ONE_OFF", "PARTS", "RECURRING", "TABLES", "TIMELINE_KINDS", "Column", "Table"]

TABLES: dict[str, Table] = PLANS | ALIGNMENT | LOAD | BODIES | TIME | PROMISES | GROUNDS
