"""What takes long is made once a run, by the worker that first wants it; the others wait and read it.

The folder lives as long as the run: nothing is kept from one state of the code to the next.
"""

import hashlib
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pandas as pd
from filelock import FileLock

import compare as cp
from compare.align import Alignment, AlignSettings
from compare.catalogue import Catalogue

_Value = TypeVar("_Value")
_VARIABLE = "DOICHIEU_TESTS_FOLDER"  # inherited by the workers, which start after it was set


def open_folder() -> Callable[[], None] | None:
    """Make the folder of this run, unless a parent process has; return what removes it."""
    if _VARIABLE in os.environ:
        return None
    folder = tempfile.mkdtemp(prefix="doichieu-tests-")
    os.environ[_VARIABLE] = folder

    def remove() -> None:
        del os.environ[_VARIABLE]
        shutil.rmtree(folder, ignore_errors=True)

    return remove


def made_once(name: str, make: Callable[[Path], object]) -> Path:
    """Return the file or folder of a name, which ``make`` writes if nobody has yet."""
    place = Path(os.environ[_VARIABLE], name)
    with FileLock(f"{place}.lock"):
        if not place.exists():
            unfinished = Path(tempfile.mkdtemp(dir=place.parent), name)
            make(unfinished)
            unfinished.rename(place)
    return place


def computed_once(name: str, compute: Callable[[], _Value]) -> _Value:
    """Return a value that ``compute`` gives, each process a copy of its own."""
    path = made_once(f"{name}.pickle", lambda place: place.write_bytes(pickle.dumps(compute())))
    value: _Value = pickle.loads(path.read_bytes())
    return value


def _written(value: object) -> str:
    """Write a value in full: every row in its order, every column with its type."""
    if isinstance(value, pd.DataFrame):
        return f"{value.dtypes.to_dict()}\n{value.to_csv()}"
    if isinstance(value, Catalogue):
        return "\n".join(_written(part) for part in vars(value).values())
    return repr(sorted(value)) if isinstance(value, frozenset) else repr(value)


_align_tasks = cp.align_tasks


def align_once(
    tasks: pd.DataFrame,
    catalogue: Catalogue | None = None,
    decisions: pd.DataFrame | None = None,
    settings: AlignSettings | None = None,
    tell: object = None,
) -> Alignment:
    """Align tasks as ``align_tasks`` does; the very same tables are aligned once a run, telling nobody."""
    decided = None if decisions is None or decisions.empty else decisions
    given = (tasks, catalogue, decided, settings or AlignSettings())
    name = hashlib.sha256("\n".join(map(_written, given)).encode()).hexdigest()
    return computed_once(f"alignment-{name[:16]}", lambda: _align_tasks(*given))
