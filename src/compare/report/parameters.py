"""The parameters of a notebook: which there are, and whether those given fit.

In: a notebook with one cell tagged ``parameters``, plain literals only, and parameters given by name.
Out: names and defaults, or a clear error. papermill itself would only warn.
"""

import ast
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from compare.errors import ReportError, SchemaError, accepted

__all__ = ["check_parameters", "day_given", "notebook_parameters"]

_SET_HERE = ("locality", "language", "processed")


def notebook_parameters(path: Path) -> dict[str, Any]:
    """Read the names and default values of a notebook's ``parameters`` cell.

    Raises
    ------
    ReportError
        There is no such notebook, or no such cell of plain literals in it.
    """
    if not path.is_file():
        raise ReportError(f"notebook wanted at {path}, found none")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    if len(tagged) != 1:
        raise ReportError(f"{path}: one cell tagged 'parameters' wanted, found {len(tagged)}")
    found: dict[str, Any] = {}
    for line in ast.parse("".join(tagged[0]["source"])).body:
        if not (isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name)):
            raise ReportError(f"{path}: plain assignments wanted in the 'parameters' cell, found others")
        found[line.targets[0].id] = ast.literal_eval(line.value)
    return found


def check_parameters(given: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters in the types of their defaults; text, as of a command line, is read.

    Raises
    ------
    ReportError
        A parameter is unknown, is set by an argument of its own, is of another type, or is no day.
    """
    open_to = [name for name in known if name not in _SET_HERE]
    for name in given:
        if name not in open_to:
            raise ReportError(f"unknown parameter {name!r}; {accepted(open_to)}")
    typed = {name: _typed(name, value, type(known[name])) for name, value in given.items()}
    least = typed.get("min_probability", 0.0)
    if not 0 <= least <= 1:
        raise ReportError(f"parameter 'min_probability': a number from 0 to 1 wanted, found {least!r}")
    return {name: day_given(value) if name == "before" else value for name, value in typed.items()}


def day_given(before: str) -> str:
    """Return the day of parameter ``before`` as ISO, so that both ways to write it are the same; or nothing.

    Raises
    ------
    ReportError
        It is no day.

    Examples
    --------
    >>> day_given("31/12/2025"), day_given("")
    ('2025-12-31', '')
    """
    if not before:
        return ""
    from compare.due import parse_day  # noqa: PLC0415  slow to load, and an unchanged run needs no pandas

    try:
        return parse_day(before).isoformat()
    except SchemaError as error:
        raise ReportError(f"parameter 'before': {error}") from None


def _typed(name: str, value: Any, kind: type[Any]) -> Any:
    """Bring a value to the type of the default; an int may stand for a float, nothing else."""
    try:
        found = ast.literal_eval(value) if isinstance(value, str) and kind is not str else value
    except (ValueError, SyntaxError):
        found = value
    if kind is float and type(found) is int:
        return float(found)
    if type(found) is not kind:
        raise ReportError(f"parameter {name!r}: {kind.__name__} wanted, found {value!r}")
    return found
