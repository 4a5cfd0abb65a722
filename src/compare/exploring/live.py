"""Whether somebody looks on, and the packages that are needed then.

JupyterLab's server names the notebook to each kernel that it starts; papermill and nbconvert, which
start kernels of their own, do not.
"""

import os
from importlib import import_module
from typing import Any

from compare.errors import CompareError

__all__ = ["is_live", "load"]

_VARIABLE = "JPY_SESSION_NAME"


def is_live() -> bool:
    """Say whether this is a kernel of JupyterLab, with a page that runs scripts and widgets."""
    return bool(os.environ.get(_VARIABLE))


def load(package: str, wanted_by: str) -> Any:
    """Import a package of the extra ``lab``, which a batch does not need.

    Raises
    ------
    CompareError
        It is not installed.
    """
    try:
        return import_module(package)
    except ImportError:
        raise CompareError(
            f"{wanted_by} wants the package {package}, found none; "
            "start JupyterLab with: make lab (or install doi-chieu[lab])"
        ) from None
