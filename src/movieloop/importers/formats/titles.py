"""A film's name as files write it: the year inside, the article behind, other titles in brackets.

>>> split_title("City of Lost Children, The (Cité des enfants perdus, La) (1995)")
('The City of Lost Children', 1995, ('La Cité des enfants perdus',))
>>> split_title("Seven (a.k.a. Se7en) (1995)")
('Seven', 1995, ('Se7en',))
"""

import re

from movieloop.importers.formats.values import year_of

_YEAR = re.compile(r"\s*\((\d{4})(?:\s*[-–]\s*(?:\d{4})?)?\)\s*$")
_BRACKETS = re.compile(r"\s*\(([^()]+)\)\s*$")
_KNOWN_AS = re.compile(r"^(?:a\.?k\.?a\.?|also known as)\s+", re.IGNORECASE)
_FLIPPED = re.compile(
    r"^(?P<rest>.+), (?P<article>the|a|an|le|la|les|l'|un|une|der|die|das|ein|eine|el|los|las|il"
    r"|lo|gli|i|den|det|de|het|o|os|as)$",
    re.IGNORECASE,
)
_LONGEST = 300
GENRES = {"Children": "Family", "Children's": "Family", "Film-Noir": "Noir"}
NO_GENRES = ("", "(no genres listed)", "unknown")


def clean(text: str) -> str:
    r"""Make a text fit for a title: one line, no strange characters, no more than 300.

    >>> clean("  Alien\t3 \x07")
    'Alien 3'

    Args:
        text: The text as it stands in the file.

    Returns:
        What of it can be printed, single spaces between the words.
    """
    shown = "".join(letter if letter.isprintable() else " " for letter in text[: 2 * _LONGEST])
    return " ".join(shown.split())[:_LONGEST]


def split_title(name: str) -> tuple[str, int | None, tuple[str, ...]]:
    """Take a name apart into the title, the year and other titles.

    How it works:
        1. A year in brackets at the end comes off; "(2006–2007)" counts from 2006.
        2. Other brackets at the end are other titles: "a.k.a." is no part of them.
        3. In each of them a flipped article goes back in front.

    >>> split_title("Matrix, The (1999)"), split_title("Moonlight")
    (('The Matrix', 1999, ()), ('Moonlight', None, ()))

    Args:
        name: The name as it stands in the file.

    Returns:
        The title, the year or None, and the other titles in the order they stand there.
    """
    rest = clean(name)
    match = _YEAR.search(rest)
    year = year_of(match[1]) if match and match.start() else None
    if match and year is not None:
        rest = rest[: match.start()]
    also: list[str] = []
    while (bracket := _BRACKETS.search(rest)) and bracket.start():
        also.insert(0, unflipped(_KNOWN_AS.sub("", bracket[1].strip())))
        rest = rest[: bracket.start()]
    return unflipped(rest), year, tuple(also)


def unflipped(title: str) -> str:
    """Put a flipped article back in front.

    >>> unflipped("Matrix, The"), unflipped("Avventura, L'"), unflipped("Me, Myself & I")
    ('The Matrix', "L'Avventura", 'Me, Myself & I')

    Args:
        title: A title without the year.

    Returns:
        The title as people say it.
    """
    match = _FLIPPED.match(title)
    if match is None:
        return title
    article = match["article"]
    return f"{article}{'' if article.endswith(chr(39)) else ' '}{match['rest'].strip()}"


def genres_of(text: str, separator: str = "|") -> tuple[str, ...]:
    """Read genres, under the names movieloop has for them.

    >>> genres_of("Children's|Sci-Fi"), genres_of("(no genres listed)")
    (('Family', 'Sci-Fi'), ())

    Args:
        text: The genres of one film.
        separator: What stands between them.

    Returns:
        The genres in the order they stand there, none twice.
    """
    found = (clean(genre) for genre in text.split(separator))
    return tuple(dict.fromkeys(GENRES.get(name, name) for name in found if name not in NO_GENRES))
