"""Where an item stands in its chapter: the numbered sections, and the lists open inside the last one.

In: the marks of a chapter in order. Out: the number of each item as printed, with the section in front.
A mark of a kind that is open goes on with its list; a new kind opens a list inside it; bullets stand
inside all others and are counted.
"""

from dataclasses import dataclass, field

__all__ = ["BULLETS", "Place", "Section"]

BULLETS = ("bullet", "plus")
_LOST = 3


@dataclass
class Section:
    """A numbered section: its title as printed, and the fields that its heading gives to its items."""

    title: str = ""
    given: dict[str, str] = field(default_factory=dict)


@dataclass
class Place:
    """The open section and lists of a chapter, whose number as printed stands in front."""

    chapter: str = ""
    mark: str = ""
    sections: dict[str, Section] = field(default_factory=lambda: {"": Section()})
    lists: list[tuple[str, str]] = field(default_factory=list)

    @property
    def section(self) -> Section:
        """The open section; an empty one before the first number."""
        return self.sections[self.mark]

    @property
    def parent(self) -> str:
        """The mark of the section that holds the open one (2 of 2.1), if it was read."""
        above = self.mark.rpartition(".")[0]
        return above if above in self.sections else ""

    @property
    def kinds(self) -> list[str]:
        """The kinds of the open lists."""
        return [kind for kind, _ in self.lists]

    def open_section(self, mark: str, title: str) -> None:
        """Open a section; one inside another begins with what that one gives."""
        self.mark, self.lists = mark, []
        self.sections[mark] = Section(title, dict(self.sections[self.parent].given))

    def continues(self, mark: str) -> bool:
        """Say whether a number goes on with the count (some may be lost), or begins it."""
        first, last = (int(number.partition(".")[0] or 0) for number in (mark, self.mark))
        return first == 1 or last <= first <= last + _LOST

    def open_list(self, kind: str, mark: str = "", inside: bool = False) -> None:
        """Go on with an open list, or open one inside the others (inside a bullet if that says so)."""
        if kind in self.kinds:
            at = self.kinds.index(kind)
            old, self.lists = int(self.lists[at][1]) if kind in BULLETS else 0, self.lists[:at]
        else:
            old, outer = 0, [entry for entry in self.lists if entry[0] not in BULLETS]
            self.lists = self.lists if kind in BULLETS or inside else outer
        self.lists.append((kind, str(old + 1) if kind in BULLETS else mark))

    def within(self, mark: str) -> str:
        """Put the chapter's number before a mark, unless it is printed there (2.1 in chapter 2)."""
        inside = mark.startswith(f"{self.chapter}.") or not mark
        return (mark or self.chapter) if inside else f"{self.chapter}.{mark}"

    def number(self) -> str:
        """Write the number of the open item: II.2.a-1 is the first bullet of letter a in section 2 of II."""
        number = self.within(self.mark)
        for kind, mark in self.lists:
            number += f"-{mark}" if kind in BULLETS else f".{mark}"
        return number
