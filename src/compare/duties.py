"""One clause of a plan: does it ask for a report, from whom, to whom, through whom, how often.

In: a clause as printed ("định kỳ báo cáo UBND tỉnh (qua Sở Kế hoạch và Đầu tư) trước ngày 15/12 hằng
năm để tổng hợp, báo cáo Bộ Kế hoạch và Đầu tư"). Out: its :class:`Duty` rows, one a rhythm or due day;
what the collecting body reports onward is a duty of its own. The words that tell are the rows
``report`` of ``headings.csv``; nothing is guessed: what a clause does not name stays empty.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from compare.agencies import Vocabulary, find_mentions
from compare.extract.roles import leads_in_text
from compare.rhythms import Rhythm, find_rhythms
from compare.text import fold_in_place

__all__ = ["Duty", "DutyReader"]

_ASIDE = re.compile(r"\([^()]*\)")
_LINKED = re.compile(r"[\s,]*(?:(?:va|cung|cac|cung voi|hoac|giam doc|thu truong|chu tich)\b[\s,]*)*")
_BREAK = re.compile(r",|\s+và (?=\w)")  # "và tham mưu" ends a name, "Kế hoạch và Đầu tư" does not
_NO_RHYTHM = Rhythm("")


@dataclass(frozen=True)
class Duty:
    """One reporting duty of a clause, names as printed; empty where the clause does not say."""

    text: str
    reporter: str = ""
    recipient: str = ""
    via: str = ""
    rhythm: Rhythm = _NO_RHYTHM
    onward: bool = False


@dataclass(frozen=True)
class DutyReader:
    """Reads clauses by the patterns of use ``report`` and the names of one level."""

    patterns: Mapping[str, str]
    vocabulary: Vocabulary

    def read(self, clause: str) -> list[Duty]:
        """Read the reporting duties of one clause, in order of print; none where it asks for no report.

        Examples
        --------
        >>> from compare.agencies import read_vocabulary
        >>> from compare.documents import read_reference
        >>> reader = DutyReader(read_reference().patterns("report"), read_vocabulary())
        >>> [(d.recipient, d.via, d.rhythm.due) for d in reader.read(
        ...     "báo cáo UBND tỉnh (qua Sở Nội vụ) trước ngày 15/12 hằng năm để báo cáo Bộ Nội vụ")]
        [('UBND tỉnh', 'Sở Nội vụ', '--12-15'), ('Bộ Nội vụ', '', '')]
        """
        text = " ".join(clause.split())
        main, onward = self._split_onward(text)
        duty = self._duty(main)
        rhythms = self._rhythms(main, text) if duty or onward else []
        found = (
            [replace(duty, text=text, rhythm=rhythm) for rhythm in rhythms or [_NO_RHYTHM]] if duty else []
        )
        return [*found, *self._onward(onward, main, rhythms)]

    def _find(self, name: str, folded: str, start: int = 0) -> re.Match[str] | None:
        return re.compile(self.patterns[name]).search(folded, start)

    def _split_onward(self, text: str) -> tuple[str, str]:
        """Cut off what is done with the reports: "để tổng hợp, báo cáo Bộ ..."."""
        match = self._find("onward", fold_in_place(text))
        if not match or not match.start():
            return text, ""
        if match[1] == "trinh" and not self._name(text, match.end()):
            return text, ""
        return text[: match.start()].strip(), text[match.start() :]

    def _verbs(self, folded: str) -> list[re.Match[str]]:
        """Find where a clause speaks of reporting; other senses of the words are passed over."""
        masked = re.sub(self.patterns["other-sense"], lambda m: "_" * len(m.group()), folded)
        return list(re.finditer(self.patterns["duty"], masked))

    def _duty(self, text: str) -> Duty | None:
        """Read who reports to whom; a bare "báo cáo" without recipient or time is a product, no duty."""
        folded = fold_in_place(text)
        regime = self._find("regime", folded)
        verbs = [*self._verbs(folded), *([regime] if regime else [])]
        if not verbs:
            return None
        recipient = self._recipient(text)
        timed = bool(self._rhythms(text, text)) and not self._find("written", folded)
        if not (recipient or regime or timed):
            return None
        reporters = (self._reporter(text[: verb.start()]) for verb in verbs)
        reporter = next((name for name in reporters if name), "") or self._told(text)
        return Duty(text, reporter, recipient, self._after("via", text))

    def _rhythms(self, main: str, text: str) -> list[Rhythm]:
        """Find the rhythms of a duty; a time behind what is done with the reports is theirs too."""
        folded = fold_in_place(main)
        found = find_rhythms(main) or find_rhythms(text)
        regular = self._find("regular", folded)
        if regular:
            found = [r._replace(period=r.period or "annual") for r in found]
        asked = self._find("on-demand", folded) or (not found and self._find("as-it-comes", folded))
        named = regular or (None if asked else self._find("by-rule", folded))
        if named and not found:
            found = [Rhythm("regular", "", main[named.start() : named.end()])]
        return [*found, Rhythm("on-demand", "", main[asked.start() : asked.end()])] if asked else found

    def _onward(self, text: str, main: str, rhythms: list[Rhythm]) -> Iterator[Duty]:
        """Read what the collecting body reports onward; it comes as often as the reports it rests on."""
        if not text:
            return
        collector = self._after("via", main) or self._recipient(main)
        match = self._find("onward", fold_in_place(text))
        recipient = (match and self._name(text, match.end())) or self._recipient(text)
        periods = dict.fromkeys(r.period for r in rhythms)
        own = find_rhythms(text) if find_rhythms(main) else []
        for rhythm in own or [Rhythm(period) for period in periods] or [_NO_RHYTHM]:
            yield Duty(text, collector, recipient, "", rhythm, onward=True)

    def _recipient(self, text: str) -> str:
        """Return who is told: right behind the verb, behind "gửi" or "về", or who asks for it."""
        for verb in self._verbs(fold_in_place(text)):
            if name := self._name(text, verb.end()) or self._after("recipient", text, verb.end()):
                return name
        return self._after("sent", text) or self._after("asked", text)

    def _after(self, word: str, text: str, start: int = 0) -> str:
        """Return the first name that stands right behind a kind of word."""
        places = re.compile(self.patterns[word]).finditer(fold_in_place(text), start)
        return next((name for m in places if (name := self._name(text, m.end()))), "")

    def _reporter(self, before: str) -> str:
        """Return who reports: the subject of the clause, or the names right in front of the verb."""
        plain = _ASIDE.sub(" ", before)
        return leads_in_text(plain, self.vocabulary) or self._last_names(plain)

    def _told(self, text: str) -> str:
        """Return who is asked to report by a name that no vocabulary knows."""
        match = self._find("told", fold_in_place(text))
        return text[match.start("name") : match.end("name")] if match else ""

    def _last_names(self, text: str) -> str:
        folded = fold_in_place(text)
        mentions = find_mentions(text, self.vocabulary)
        if not mentions or not re.fullmatch(self.patterns["before-verb"], folded[mentions[-1].end :]):
            return ""
        start = mentions[-1].start
        for mention in reversed(mentions[:-1]):
            if not _LINKED.fullmatch(folded[mention.end : start]):
                break
            start = mention.start
        if self._find("no-subject", folded[:start].rstrip()):
            return ""
        start -= 4 if folded[:start].endswith("cac ") else 0
        return text[start : mentions[-1].end]

    def _name(self, text: str, start: int) -> str:
        """Return the name of a body, or of several in a row, that begins at a place; else nothing."""
        start += len(text[start:]) - len(text[start:].lstrip(" ,"))
        end = self._name_end(text, start)
        return text[start:end].strip(" ,")

    def _name_end(self, text: str, start: int) -> int:
        """Return where a row of names ends; its start where no name begins there."""
        folded = fold_in_place(text)
        begin = start + (4 if folded[start : start + 4] == "cac " else 0)
        known = [m.end for m in find_mentions(text[begin:], self.vocabulary) if m.start == 0]
        pattern = "body" if text[begin : begin + 1].isupper() else "body-unnamed"
        head = re.compile(self.patterns[pattern]).match(folded, begin)
        if not head and not known:
            return start
        end = self._stop(text, max([head.end() if head else 0, *(begin + k for k in known)]))
        more = re.compile(r",? va |, ").match(folded, end)
        further = self._name_end(text, more.end()) if more else 0
        return further if more and further > more.end() else end

    def _stop(self, text: str, start: int) -> int:
        """Return where a name ends at the latest: a comma, "và" before a verb, or words of no name."""
        words = re.compile(self.patterns["body-ends"]).finditer(fold_in_place(text), start)
        ends = [m for m in words if not m.group().lstrip(" ,")[0].isalpha() or _is_lower(text, m)][:1]
        ends += [m for m in _BREAK.finditer(text, start) if m.group() == "," or text[m.end()].islower()]
        return min([m.start() for m in ends], default=len(text))


def _is_lower(text: str, match: re.Match[str]) -> bool:
    """Say whether a match begins in small letters: "mỗi" ends a name, "Môi trường" belongs to one."""
    return text[match.start() :].lstrip(" ,")[:1].islower()
