"""What is asked of Wikidata, in SPARQL: the films of some months, and numbers of films.

https://www.wikidata.org/wiki/Wikidata:SPARQL_query_service describes service and language.

>>> [str(window) for window in windows(date(2025, 11, 5), date(2026, 1, 9))]
['2025-11', '2025-12', '2026-01']
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

ENDPOINT = "https://query.wikidata.org/sparql"
_FILMS = """\
# Feature films first shown from {first} to {last}, known to {known_by} Wikipedias or more.
SELECT ?film ?label ?original ?date ?links ?imdb ?tmdb ?minutes
  (GROUP_CONCAT(DISTINCT ?genre; separator="|") AS ?genres)
  (GROUP_CONCAT(DISTINCT ?director; separator="|") AS ?directors)
  (GROUP_CONCAT(DISTINCT ?actor; separator="|") AS ?cast)
  (GROUP_CONCAT(DISTINCT ?country; separator="|") AS ?countries)
  (GROUP_CONCAT(DISTINCT ?language; separator="|") AS ?languages)
  (SAMPLE(?description) AS ?about)
WHERE {{
  {{
    SELECT ?film (MIN(?shown) AS ?date) WHERE {{
      ?film wdt:P577 ?shown ; wdt:P31/wdt:P279? wd:Q11424 .
      FILTER(?shown >= "{first}T00:00:00Z"^^xsd:dateTime)
      FILTER(?shown < "{last}T00:00:00Z"^^xsd:dateTime)
    }} GROUP BY ?film
  }}
  ?film wikibase:sitelinks ?links .
  FILTER(?links >= {known_by})
  FILTER NOT EXISTS {{
    ?film wdt:P577 ?earlier .
    FILTER(?earlier < "{first}T00:00:00Z"^^xsd:dateTime)
  }}
  OPTIONAL {{ ?film rdfs:label ?label . FILTER(LANG(?label) = "en") }}
  OPTIONAL {{ ?film wdt:P1476 ?original }}
  OPTIONAL {{ ?film wdt:P345 ?imdb }}
  OPTIONAL {{ ?film wdt:P4947 ?tmdb }}
  OPTIONAL {{ ?film wdt:P2047 ?minutes }}
  OPTIONAL {{ ?film wdt:P136/rdfs:label ?genre . FILTER(LANG(?genre) = "en") }}
  OPTIONAL {{ ?film wdt:P57/rdfs:label ?director . FILTER(LANG(?director) = "en") }}
  OPTIONAL {{ ?film wdt:P161/rdfs:label ?actor . FILTER(LANG(?actor) = "en") }}
  OPTIONAL {{ ?film wdt:P495/wdt:P297 ?country }}
  OPTIONAL {{ ?film wdt:P364/wdt:P218 ?language }}
  OPTIONAL {{ ?film schema:description ?description . FILTER(LANG(?description) = "en") }}
}}
GROUP BY ?film ?label ?original ?date ?links ?imdb ?tmdb ?minutes
ORDER BY DESC(?links) ?film
LIMIT {limit} OFFSET {offset}
"""
_NUMBERS = """\
# Numbers elsewhere of films that lack some.
SELECT ?film ?imdb ?tmdb WHERE {{
  VALUES ?{known} {{ {values} }}
  {join}
  OPTIONAL {{ ?film wdt:P4947 ?tmdb }}
}}
ORDER BY ?film
"""
_SAFE = re.compile(r"Q[1-9][0-9]{0,11}|tt[0-9]{7,9}")


@dataclass(frozen=True, slots=True)
class Window:
    """A month, the portion in which films are asked for.

    Attributes:
        year: The year.
        month: 1 to 12.
    """

    year: int
    month: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def next(self) -> "Window":
        """The month after."""
        return Window(self.year + self.month // 12, self.month % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def windows(first: date, last: date) -> Iterator[Window]:
    """List the months from one day to another.

    Args:
        first: A day of the first month.
        last: A day of the last month.

    Yields:
        The months, oldest first.
    """
    window = Window(first.year, first.month)
    while window.first <= last:
        yield window
        window = window.next


def films_query(window: Window, *, known_by: int, limit: int, offset: int = 0) -> str:
    """Ask for the films of a month.

    Args:
        window: The month in which they were first shown.
        known_by: How many Wikipedias know them, at least.
        limit: How many on a page.
        offset: How many to skip.

    Returns:
        The query.
    """
    return _FILMS.format(
        first=window.first.isoformat(),
        last=window.next.first.isoformat(),
        known_by=known_by,
        limit=limit,
        offset=offset,
    )


def numbers_query(known: Sequence[str]) -> str:
    """Ask for the numbers of films that one number is known of.

    >>> "wd:Q1 wd:Q2" in numbers_query(["Q1", "Q2"])
    True
    >>> '"tt0078748"' in numbers_query(["tt0078748"])
    True

    Args:
        known: Items at Wikidata, or IMDb ids, not both.

    Returns:
        The query.

    Raises:
        ValueError: Something else is among them.
    """
    if not all(_SAFE.fullmatch(number) for number in known):
        raise ValueError("only Wikidata items and IMDb ids can be asked for")
    if known[0].startswith("Q"):
        values, name = " ".join(f"wd:{number}" for number in known), "film"
        join = "OPTIONAL { ?film wdt:P345 ?imdb }"
    else:
        values, name = " ".join(f'"{number}"' for number in known), "imdb"
        join = "?film wdt:P345 ?imdb ."
    return _NUMBERS.format(known=name, values=values, join=join)
