r"""Bytes become text: which encoding a file is written in, and what its lines are.

UTF-8 with or without its mark, and UTF-16 as Excel and Windows PowerShell write it, tell
themselves. A file that is neither was written in the code page of some country, and the bytes do
not say which: it is read as Windows-1252 unless somebody who knows film titles finds a better one
(`importers.code_pages`), and the report says so.

>>> encoding_of("\ufeffTitle".encode("utf-16-le")), encoding_of("Amélie".encode())
('utf-16-le', 'utf-8')
>>> encoding_of("Amélie".encode("latin-1"))
''
"""

import codecs
from collections.abc import Callable

WESTERN = "cp1252"
# How Windows writes, the most frequent first; Latin-1 is a part of the first one.
CODE_PAGES = {
    WESTERN: "Windows-1252 (Western Europe)",
    "cp1250": "Windows-1250 (Central Europe)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1255": "Windows-1255 (Hebrew)",
    "cp1256": "Windows-1256 (Arabic)",
    "cp1257": "Windows-1257 (Baltic)",
    "cp932": "Shift JIS (Japanese)",
    "gb18030": "GB 18030 (Chinese)",
    "cp949": "Korean (cp949)",
    "big5": "Big5 (Chinese)",
    "mac_roman": "Mac Roman",
}
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_MANY = 0.4  # so many of every second byte are 0 if a table is written in UTF-16


def encoding_of(head: bytes) -> str:
    """Tell how a text is encoded by its beginning.

    Args:
        head: The first bytes, some thousand if there are so many.

    Returns:
        "utf-8", "utf-16-le" or "utf-16-be"; "" for anything else.
    """
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            return name
    if b"\0" in head:
        even, odd = (half.count(0) / len(half) for half in (head[0::2], head[1::2] or b" "))
        return "utf-16-le" if odd > _MANY > even else "utf-16-be" if even > _MANY > odd else ""
    try:
        # The last letter may be cut in two.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return ""
    return "utf-8"


def reader_of(code_page: str, note: Callable[[], None] = lambda: None) -> Callable[[bytes], str]:
    r"""Make a decoder of single lines: UTF-8, or else a code page.

    >>> reader_of("cp1254")("K\u0131\u015f".encode("cp1254")), reader_of("cp1254")(b"Am\xc3\xa9lie")
    ('Kış', 'Amélie')

    Args:
        code_page: What a line is written in that is no UTF-8.
        note: Called for every such line.

    Returns:
        The decoder; it never fails.
    """

    def read(raw: bytes) -> str:
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            note()
            return raw.decode(code_page, "replace")

    return read
