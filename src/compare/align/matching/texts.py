"""What the tasks say, whatever family they are in.

In: the tasks table. Out: :class:`Texts`, read once: windows and tasks as vectors, n-grams, lead
agencies. Nothing here knows a label, so that one reading serves every catalogue, also those that
leave a locality out.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from compare.align.matching.keys import match_key
from compare.align.matching.windows import Windows, read_windows
from compare.similarity import Space, Vectors, blend_cosines, read_space

__all__ = ["Texts", "read_texts"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
# As in the cold start; F1 0.825, 0.815, 0.820 for 60, 100 and 150 topics: within the noise.
N_TOPICS = 80
# What two tasks' lead agencies add to their likeness; words alone tell little of who acts. Log loss
# 461, 457 and 455 for 0, 0.1 and 0.2 (F1 0.833, 0.836, 0.837); 443 and 442 for 0.2 and 0.3 in the end.
LEAD_SHARE = 0.3
SHORT = 2  # words of the n-grams that naive Bayes counts, see there


@dataclass(frozen=True)
class Texts:
    """Tasks in the order of their ids, and everything that is measured on their texts.

    Parameters
    ----------
    tasks : DataFrame
    keys : tuple of str
        Key of each task's text.
    windows : Windows
    space : Space
    window_vectors, task_vectors : Vectors
        The tasks' with their section's title and their product.
    counter : CountVectorizer
        Counts 1-3-grams of words.
    grams, window_grams : csr_matrix
        Which task (as above), and which window, holds which n-gram.
    short_grams : array of int
        Places of the n-grams of one or two words.
    leads : csr_matrix
        Which task has which lead agency.
    """

    tasks: pd.DataFrame
    keys: tuple[str, ...]
    windows: Windows
    space: Space
    window_vectors: Vectors
    task_vectors: Vectors
    counter: CountVectorizer
    grams: csr_matrix
    window_grams: csr_matrix
    short_grams: Ints
    leads: csr_matrix

    def places(self, task_ids: pd.Series) -> Ints:
        """Return the places of tasks by their ids."""
        place = pd.Series(range(len(self.tasks)), index=self.tasks["task_id"])
        return np.asarray(place.loc[task_ids], dtype=np.int64)

    def lead_overlap(self, one: Ints, other: Ints) -> Floats:
        """Compute the Jaccard overlap of the lead agencies."""
        both = np.asarray((self.leads[one] @ self.leads[other].T).toarray(), dtype=np.float64)
        sizes = np.asarray(self.leads.sum(axis=1), dtype=np.float64).ravel()
        return both / np.maximum(sizes[one][:, None] + sizes[other][None, :] - both, 1.0)

    def likeness(self, one: Ints, other: Ints) -> Floats:
        """Compare whole tasks by all that their texts say."""
        return blend_cosines(self.task_vectors.take(one), self.task_vectors.take(other))

    def kernel(self, one: Ints, other: Ints) -> Floats:
        """Compare whole tasks by their texts and lead agencies."""
        return self.likeness(one, other) + LEAD_SHARE * self.lead_overlap(one, other)


def _short_grams(counter: CountVectorizer) -> Ints:
    names = counter.get_feature_names_out()
    return np.flatnonzero([name.count(" ") < SHORT for name in names]).astype(np.int64)


def _lead_table(tasks: pd.DataFrame) -> csr_matrix:
    table = tasks["leads"].astype("str").str.get_dummies(sep=";")
    return csr_matrix(table.to_numpy(dtype=np.float64).reshape(len(tasks), -1))


def _context_keys(tasks: pd.DataFrame) -> list[str]:
    """Read the tasks with what frames them: a short task says little without its section and product.

    F1 0.840 and log loss 453 without, 0.845 and 447 with both, higher in each locality.
    """
    columns = (tasks[name] for name in ("section_title", "text", "product"))
    return [match_key(" ".join(cells)) for cells in zip(*columns, strict=True)]


def read_texts(tasks: pd.DataFrame) -> Texts | None:
    """Read the tasks' texts; None where they hold no word.

    Parameters
    ----------
    tasks : DataFrame
        Columns used: ``task_id``, ``locality``, ``part``, ``section_title``, ``text``, ``leads``,
        ``product``.
    """
    tasks = tasks.sort_values("task_id", kind="stable").reset_index(drop=True)
    keys = tuple(match_key(text) for text in tasks["text"])
    context = _context_keys(tasks)
    windows = read_windows(tasks, match_key)
    placed = read_space(windows.keys, N_TOPICS)
    if placed is None:
        return None
    space, window_vectors = placed
    counter = CountVectorizer(token_pattern=r"\w+", ngram_range=(1, 3), binary=True)
    grams = csr_matrix(counter.fit_transform([*context, *windows.keys]))
    return Texts(
        tasks,
        keys,
        windows,
        space,
        window_vectors,
        space.vectors(context),
        counter,
        grams[: len(keys)],
        grams[len(keys) :],
        _short_grams(counter),
        _lead_table(tasks),
    )
