"""One film, many spellings: titles reduced to what people agree on when they write them.

>>> title_key("Kill Bill: Vol. 1") == title_key("Kill Bill: Volume One")
True
>>> title_key("The Godfather Part II") == title_key("Godfather, The: Part 2")
True
>>> title_key("Three Colours: Red") == title_key("3 Colors - Red")
True
>>> main_key("Borat: Cultural Learnings of America") == title_key("Borat")
True
"""

import re
import unicodedata
from functools import lru_cache

_FLIPPED = re.compile(
    r"^(?P<rest>.+), (?P<article>the|a|an|le|la|les|der|die|das|el|il)(?P<more>$|:)"
)
_YEAR = re.compile(r"^(?P<title>.+?)\s*\((?P<year>\d{4})\)\s*$")
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʼ"))
# Letters that are no letter with an accent, and so stay whole when accents come off.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_KEPT = 1 << 16  # reduced titles, so that a new catalogue of the same films is indexed quickly
_ARTICLES = ("the", "a", "an")
_WORDS = {
    "vol": "volume", "pt": "part", "dr": "doctor", "mr": "mister", "mrs": "missus", "st": "saint",
    "vs": "versus", "v/s": "versus", "jr": "junior", "sr": "senior", "ep": "episode",
    "colour": "color", "colours": "colors", "grey": "gray", "theatre": "theater",
    "harbour": "harbor", "honour": "honor", "labour": "labor", "neighbour": "neighbor",
    "neighbours": "neighbors", "neighbourhood": "neighborhood", "favourite": "favorite",
    "armour": "armor", "rumour": "rumor", "defence": "defense", "offence": "offense",
    "licence": "license", "centre": "center", "travelling": "traveling", "jewellery": "jewelry",
    "programme": "program", "cheque": "check", "whisky": "whiskey", "pyjamas": "pajamas",
}  # fmt: skip
_COUNTING = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)  # fmt: skip
_ORDERING = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
_ROMANS = (
    "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv",
    "xvi", "xvii", "xviii", "xix", "xx",
)  # fmt: skip
_NUMBERS = {word: str(number) for number, word in enumerate(_COUNTING)}
_NUMBERS |= {word: str(number) for number, word in enumerate(_ORDERING, start=1)}
_ROMAN = {word: str(number) for number, word in enumerate(_ROMANS, start=2)}
_COUNTED = {"part", "volume", "chapter", "episode", "no", "number"}
# What follows is a subtitle: "Dr. Strangelove or: ...", "Birdman or (...)", "Ring - Ringu".
_SUBTITLE = re.compile(r"\s+or\s*[:(]|\s*[:;(/]\s*|\s+[-–—]\s+|,?\s+or,?\s+", re.IGNORECASE)


@lru_cache(maxsize=_KEPT)
def normalised(title: str) -> str:
    """Reduce a title to words people agree on when they type it.

    How it works:
        1. Lower case, without accents; "&" is "and".
        2. A flipped article goes back: "matrix, the" is "the matrix".
        3. Everything but letters and digits is one space.

    >>> normalised("Matrix, The"), normalised("WALL·E"), normalised("Crash & Burn!")
    ('the matrix', 'wall e', 'crash and burn')

    Args:
        title: A title as written, without the year.

    Returns:
        The reduced title; empty if no letter or digit is in it.
    """
    plain = unicodedata.normalize("NFKD", title.casefold().replace("&", " and "))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).strip().casefold()
    plain = _FLIPPED.sub(r"\g<article> \g<rest>\g<more>", plain.translate(_LETTERS))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


@lru_cache(maxsize=_KEPT)
def title_key(title: str) -> str:
    """Reduce a title to what is the same in all its usual spellings, to compare it by.

    How it works:
        1. As `normalised`, without apostrophes and without an English article in front.
        2. Numbers are digits, whether they were words or Roman; "Part", "Vol." and the like
           before a number go; abbreviations and British spellings are written out one way; "and"
           goes, as people and file names leave "&" out.
        3. No blanks: "Spider-Man" is "Spiderman", "M*A*S*H" is "MASH".

    >>> title_key("Mission: Impossible II"), title_key("M*A*S*H"), title_key("Alien³")
    ('missionimpossible2', 'mash', 'alien3')
    >>> title_key("Tom & Jerry") == title_key("Tom and Jerry") == title_key("Tom Jerry")
    True

    Args:
        title: A title as written, without the year.

    Returns:
        Letters and digits; empty if there are none.
    """
    words = normalised(title.translate(_APOSTROPHES)).split()
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    plain: list[str] = []
    for place, word in enumerate(words):
        number = _NUMBERS.get(word) or (_ROMAN.get(word) if place else None)
        number = number or (word if word.isdigit() else None)
        if number and len(plain) > 1 and plain[-1] in _COUNTED:
            plain.pop()
        if word != "and":
            plain.append(number or _WORDS.get(word, word))
    return "".join(plain or words)


def main_key(title: str) -> str:
    """Give the key of a title without its subtitle.

    >>> main_key("Dr. Strangelove or: How I Learned to Stop Worrying"), main_key("Heat")
    ('doctorstrangelove', '')

    Args:
        title: A title as written, without the year.

    Returns:
        What stands before a colon, a dash, a bracket or an "or"; empty if there is no subtitle.
    """
    main = _SUBTITLE.split(title.strip(), maxsplit=1)
    return title_key(main[0]) if len(main) > 1 and main[1].strip() else ""


def split_year(name: str) -> tuple[str, int | None]:
    """Take the year off a name.

    >>> split_year("Titanic (1997)"), split_year("1917")
    (('Titanic', 1997), ('1917', None))

    Args:
        name: A title, with or without a year in brackets at the end.

    Returns:
        The title and the year, None if there is none.
    """
    match = _YEAR.match(name.strip())
    return (match["title"], int(match["year"])) if match else (name.strip(), None)
