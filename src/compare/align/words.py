"""The words that two texts share.

In: two texts as printed. Out: runs of shared words, in the order of both.
"""

from difflib import SequenceMatcher

from compare.text import tokens

__all__ = ["shared_words"]


def shared_words(text_a: str, text_b: str) -> list[str]:
    """Return the runs of words that both texts hold in the same order, as the first prints them.

    Examples
    --------
    >>> shared_words("Củng cố hợp tác xã yếu", "Giải thể hợp tác xã yếu kém")
    ['hợp tác xã yếu']
    """
    a, b = tokens(text_a), tokens(text_b)
    matcher = SequenceMatcher(None, [t.key for t in a], [t.key for t in b], autojunk=False)
    runs = [m for m in matcher.get_matching_blocks() if m.size > 0]
    return [text_a[a[m.a].start : a[m.a + m.size - 1].end] for m in runs]
