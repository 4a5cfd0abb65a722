"""A bar for what takes long: which step is being done, and how many are left.

In: the steps as they begin. Out: one bar of tqdm below the cell, in JupyterLab; nothing elsewhere,
since a saved bar says nothing.
"""

from typing import Any

from compare.exploring.live import is_live, load
from compare.labels import read_labels

__all__ = ["show_progress"]


class show_progress:
    """Show how far something long has come; to be given as ``tell``.

    Parameters
    ----------
    language : {"vi", "en"}

    Examples
    --------
    >>> tell = show_progress()
    >>> tell("compare", 0, 3)  # nobody looks on
    """

    def __init__(self, language: str = "vi") -> None:  # noqa: D107
        self._labels, self._bar = read_labels(language), None

    def __call__(self, step: str, done: int, of: int) -> None:
        """Say that a step begins, after ``done`` of ``of`` steps; the last call has none left."""
        if not is_live():
            return
        if self._bar is None:
            form = "{desc} {n_fmt}/{total_fmt} |{bar}| {elapsed}"
            self._bar = load("tqdm.auto", "a bar").tqdm(total=of, bar_format=form)
        bar: Any = self._bar
        bar.n = done
        bar.set_description_str(self._labels(f"explore.step.{step}"))
        if done >= of:
            bar.close()
