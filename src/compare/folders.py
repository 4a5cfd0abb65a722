"""Where the project's data lie.

In: nothing, or the name of a folder in ``data``. Out: its path. Nothing is read, so a command that finds
everything unchanged need not wait for the libraries that read tables.
"""

from pathlib import Path

from compare.errors import DocumentError

__all__ = ["data_folder"]


def data_folder(name: str = "") -> Path:
    """Return the project's ``data`` folder (or one in it): that of the working folder or above it.

    Raises
    ------
    DocumentError
        No folder above the working folder, nor the package's own checkout, has ``data/reference``.
    """
    here = Path.cwd()
    for folder in (here, *here.parents, Path(__file__).parents[2]):
        if (folder / "data" / "reference").is_dir():
            return folder / "data" / name
    raise DocumentError(f"a folder data/reference wanted in {here} or above it, found none")
