"""Đối chiếu: extract, align and compare the tasks of Vietnamese localities' action plans.

The study in a few lines::

    import compare as cp

    documents = cp.read_documents("data/raw")
    tasks = cp.normalise_tasks(cp.extract_tasks(documents))
"""

from compare.documents import read_documents, read_reference
from compare.errors import CompareError, DocumentError, ExtractionError, ReportError, SchemaError
from compare.extract import Extraction, check_counts, documents_table, extract, extract_tasks
from compare.normalise import normalise_tasks
from compare.schema import read_table, write_tables

__all__ = [
    "CompareError",
    "DocumentError",
    "Extraction",
    "ExtractionError",
    "ReportError",
    "SchemaError",
    "check_counts",
    "documents_table",
    "extract",
    "extract_tasks",
    "normalise_tasks",
    "read_documents",
    "read_reference",
    "read_table",
    "write_tables",
]
