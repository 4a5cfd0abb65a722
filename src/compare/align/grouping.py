"""Groups of a sparse graph by average linkage.

In: weighted links between items. Out: a group a item. Two groups join while the mean weight over all
their pairs of items is high enough, pairs without a link counting 0: one strong link between two
groups does not glue them, as it would if groups were connected components, and a chain of weak links
never does. Nothing of size n x n is made.
"""

import heapq
from collections.abc import Iterable

__all__ = ["group_average"]


class _Groups:
    """Groups that grow by joining; a group is named after its first item."""

    def __init__(self, n: int, links: Iterable[tuple[int, int, float]]) -> None:
        self.first = list(range(n))
        self.size = [1] * n
        self.totals: list[dict[int, float]] = [{} for _ in range(n)]
        for i, j, weight in links:
            self.totals[i][j] = self.totals[j][i] = weight

    def mean(self, i: int, j: int) -> float:
        """Return the mean weight between two groups."""
        return self.totals[i].get(j, 0.0) / (self.size[i] * self.size[j])

    def join(self, i: int, j: int) -> None:
        """Join group ``j`` to group ``i``."""
        del self.totals[i][j], self.totals[j][i]
        for k, total in self.totals[j].items():
            del self.totals[k][j]
            self.totals[i][k] = self.totals[k][i] = self.totals[i].get(k, 0.0) + total
        self.totals[j] = {}
        self.size[i] += self.size[j]
        self.first[j] = i

    def find(self, item: int) -> int:
        """Return the group of an item."""
        while self.first[item] != item:
            item = self.first[item]
        return item


def group_average(n: int, links: Iterable[tuple[int, int, float]], at: float) -> list[int]:
    """Group items by average linkage on a sparse graph.

    Parameters
    ----------
    n : int
        Number of items, named 0 to n - 1.
    links : iterable of (i, j, weight)
        Each pair once, ``i < j``, weight at most 1; a negative weight speaks against joining.
    at : float
        Mean weight from which two groups join; a higher value only splits groups.

    Returns
    -------
    list of int
        The group of each item, named after its first item. Ties go to the group that comes first,
        so the result depends on nothing but the numbering.

    Examples
    --------
    >>> group_average(4, [(0, 1, 0.9), (1, 2, 0.5), (2, 3, 0.9)], at=0.4)
    [0, 0, 2, 2]
    """
    groups = _Groups(n, links)
    heap = [(-w, i, j) for i in range(n) for j, w in groups.totals[i].items() if i < j]
    heapq.heapify(heap)
    while heap:
        negative, i, j = heapq.heappop(heap)
        if -negative < at:
            break
        if j not in groups.totals[i] or groups.mean(i, j) != -negative:
            continue  # an entry from before one of the two grew
        groups.join(i, j)
        for k in groups.totals[i]:
            heapq.heappush(heap, (-groups.mean(i, k), min(i, k), max(i, k)))
    return [groups.find(item) for item in range(n)]
