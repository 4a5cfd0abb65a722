"""The outline of a table: the headings open above a row, and the number a row gets under them.

In: the marks and titles of heading rows and the marks of task rows, in order. Out: section, title and
number. Headings stand in one another by the rank of their marks ("A" over "I" over "1"); a heading
without a mark is counted in Roman numerals, unless it stands under one that has a mark.
"""

from dataclasses import dataclass, field

from compare.extract.marks import BULLETS, join_numbers, rank, roman

__all__ = ["Heading", "Outline"]

_UNMARKED = 2  # a heading without a mark stands under A and I


@dataclass
class Heading:
    """One heading: its rank, mark and title, its line, and whether a row stands under it."""

    rank: int
    mark: str
    title: str
    line: int
    used: bool = False


@dataclass
class Outline:
    """The headings met, those open, and the rows that rows of a lower rank belong to."""

    headings: list[Heading] = field(default_factory=list)
    path: list[Heading] = field(default_factory=list)
    rows: list[tuple[int, str]] = field(default_factory=list)
    counting: bool = True  # headings carry no marks of their own
    bullets: int = 0
    begun: bool = False

    @property
    def section(self) -> str:
        """Marks of the open headings: "A.I"; a mark such as 1.1 holds those above it already."""
        marks = [h.mark for h in self.path if h.mark]
        return marks[-1] if marks and "." in marks[-1] else ".".join(marks)

    @property
    def title(self) -> str:
        """Titles of the open headings, the highest first."""
        return ": ".join(h.title for h in self.path)

    @property
    def fresh(self) -> bool:
        """Whether no row stands under the last heading yet."""
        return not (self.path[-1].used if self.path else self.begun)

    @property
    def next_mark(self) -> str:
        """The mark that a heading without one gets."""
        return roman(len(self.headings) + 1)

    def open(self, mark: str, title: str, line: int) -> None:
        """Open the heading of a mark; it closes those of the same rank and below."""
        self._open(rank(mark), mark, title, line)
        self.counting = False

    def open_unmarked(self, title: str, line: int) -> None:
        """Open a heading without a mark."""
        if self.counting or not self.path:
            self._open(rank("I"), self.next_mark, title, line)
        else:
            self._open(_UNMARKED, "", title, line)

    def _open(self, level: int, mark: str, title: str, line: int) -> None:
        heading = Heading(level, mark, " ".join(title.split()), line)
        self.headings.append(heading)
        self.path = [*(h for h in self.path if h.rank < level), heading]
        self.rows = []

    def number(self, mark: str) -> str:
        """Number a row by its mark: as printed, or under the row that its letter or bullet belongs to."""
        self.begun = True
        for heading in self.path:
            heading.used = True
        if not mark:
            return ""
        level = rank(mark)
        self.rows = [r for r in self.rows if r[0] < level]
        above = self.rows[-1][1] if self.rows and level > 2 else ""
        if mark in BULLETS:
            self.bullets += 1
            return join_numbers(above, f"-{self.bullets}")
        self.bullets = 0
        self.rows.append((level, join_numbers(above, mark)))
        return self.rows[-1][1]
