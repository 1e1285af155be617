"""Which films belong to one series, as far as their titles tell.

>>> series_of("Toy Story 3") == series_of("Toy Story")
True
>>> series_of("The Lord of the Rings: The Two Towers")
'the lord of the rings'
"""

import re

from movieloop.data.titles import normalised

_SUBTITLE = re.compile(r"\s*(?::| [-–—] )\s*")
_AND_THE = re.compile(r"^(.*\S\s+\S+)\s+and the\s", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:[\s,]+(?:part|chapter|episode|volume|vol\.?|no\.?))?[\s,]+"
    r"(?:[0-9]{1,2}|[ivx]{1,5}|one|two|three|four|five)$",
    re.IGNORECASE,
)


def series_of(title: str) -> str:
    """Give what the titles of a series share: what stands before a colon or a number.

    >>> series_of("Harry Potter and the Goblet of Fire"), series_of("The Godfather Part II")
    ('harry potter', 'the godfather')
    >>> series_of("Beauty and the Beast"), series_of("2001: A Space Odyssey"), series_of("Se7en")
    ('beauty and the beast', '2001', 'se7en')

    Args:
        title: The title of a film.

    Returns:
        A key; films that share it are taken for one series, which can be wrong.
    """
    head = _SUBTITLE.split(title, maxsplit=1)[0] or title
    together = _AND_THE.match(head)
    if together:
        head = together.group(1)
    return normalised(_COUNTED.sub("", head) or head) or title
