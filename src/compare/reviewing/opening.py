"""From the folders of a study to a review in the notebook.

In: the folders of the tables and of the catalogue. Out: a panel that asks.
"""

from pathlib import Path

from compare.align.alignment import Tell, say_nothing
from compare.catalogue import read_catalogue
from compare.documents import read_reference
from compare.labels import read_labels
from compare.reviewing.learned import learn_tasks
from compare.reviewing.page import read_naming
from compare.reviewing.panel import ReviewPanel, load_widgets
from compare.reviewing.session import ReviewSession
from compare.schema import read_table

__all__ = ["open_review"]


def open_review(
    processed: str | Path = "data/processed",
    catalogue: str | Path = "data/catalogue",
    locality: str = "",
    reader: str = "",
    language: str = "vi",
    *,
    tell: Tell = say_nothing,
) -> ReviewPanel:
    """Open the review queue in a notebook; with the five plans it takes some ten seconds.

    Parameters
    ----------
    processed : path
        Folder of the built tables; the reference tables lie beside it.
    catalogue : path
        Folder of the catalogue, in which each answer is added to ``decisions.csv``.
    locality : str
        Ask about this locality only; empty for all.
    reader : str
        Name of whoever answers; may be given in the panel.
    language : {"vi", "en"}
    tell : callable, optional
        As in :func:`compare.align_tasks`.

    Returns
    -------
    ReviewPanel

    Raises
    ------
    CompareError
        ipywidgets is not installed, a table or file is missing or does not fit, or the locality or
        language is unknown.
    """
    load_widgets()
    labels, place = read_labels(language), Path(catalogue)
    tasks, documents = (read_table(name, processed) for name in ("tasks", "documents"))
    known, path = read_catalogue(place, tasks), place / "decisions.csv"
    learned = learn_tasks(tasks, known, path, tell)
    session = ReviewSession(learned, known, path, reader=reader, locality=locality)
    reference = read_reference(Path(processed).resolve().parent / "reference")
    panel = ReviewPanel(session, read_naming(labels, documents, reference))
    tell("done", 4, 4)
    return panel
