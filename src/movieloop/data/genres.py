"""Fold the sources' genres into the twenty-three that people use.

Wikidata has 400 genres ("cyberpunk film", "heist film"). `FOLD` maps words found in a fine
name to our genres, and `fold_genres` counts the votes of all sources and keeps five at most.
"""

import re
from collections import Counter

GENRES = (
    "Action", "Adventure", "Animation", "Biography", "Comedy", "Crime", "Documentary", "Drama",
    "Family", "Fantasy", "History", "Horror", "Music", "Musical", "Mystery", "Noir", "Romance",
    "Sci-Fi", "Sport", "Superhero", "Thriller", "War", "Western",
)  # fmt: skip

FOLD: dict[str, str] = {
    "Action": (
        "action(?!.live)|martial|kung fu|wuxia|girls with guns|swashbuckler|"
        "blaxploitation|samurai|vigilante"
    ),
    "Adventure": (
        "adventure|treasure hunt|swashbuckler|sword and sorcery|survival|space opera|peplum"
    ),
    "Animation": r"animat|anime\b|cartoon|puppetoon",
    "Biography": "biograph",
    "Comedy": (
        "comedy|comic sci|parody|satire|slapstick|mockumentary|farce|tragicomedy|stoner|"
        "commedia|screwball"
    ),
    "Crime": (
        "crime|heist|gangster|prison|noir|detective|police|poliziotteschi|hood film|"
        "cop film|caper|giallo"
    ),
    "Documentary": "(?<!pseudo-)(?<!mock)documentary|rockumentary|concert film",
    "Drama": (
        "drama|coming-of-age|coming of age|trial|legal|social problem|lgbt|tragedy|tragicomedy"
    ),
    "Family": "child|family|fairy tale",
    "Fantasy": "fantas|fairy tale|sword and sorcery|supernatural",
    "History": "histor|costume|epic film|peplum|jidai|period",
    "Horror": "horror|zombie|vampire|slasher|werewolf|giallo|splatter|cannibal|ghost story|gore",
    "Music": r"rockumentary|concert film|dance film|rock music|performance|\bdance\b",
    "Musical": "musical",
    "Mystery": "myster|detective|giallo|whodunit",
    "Noir": "(?<!neo-)(?<!tech )noir",
    "Romance": "roman(ce|tic)|screwball",
    "Sci-Fi": (
        "science fiction|sci-fi|cyberpunk|dystopi|post-apocalyp|alien invasion|"
        "space opera|mecha|time travel|tech noir"
    ),
    "Sport": "sport|surf film",
    "Superhero": "superhero",
    "Thriller": "thriller|spy|suspense|psychological horror|found footage|giallo",
    "War": r"\bwar\b|anti-war|submarine",
    "Western": "western",
}
"""Our genre: what stands in the fine names that belong to it, as a regular expression."""


def fold_genres(fine: list[str], coarse: list[str], text: str, most: int = 5) -> tuple[str, ...]:
    """Fold fine-grained genres into ours: every source votes, the most votes win.

    >>> fold_genres(["science fiction action film", "cyberpunk", "thriller film"], ["Action"], "")
    ('Action', 'Sci-Fi', 'Thriller')
    >>> fold_genres(["buddy film"], ["Comedy"], "Toy Story is a 1995 American animated film.")
    ('Animation', 'Comedy')

    Args:
        fine: Wikidata's genres.
        coarse: The Wikipedia film list's genres; one weighs as much as two fine ones.
        text: The film's introduction; "is a 1995 American animated comedy film" votes too.
        most: How many genres a film may have.

    Returns:
        Our genres, most votes first (ties in alphabetical order); Drama gives way first.
    """
    votes: Counter[str] = Counter()
    for name in fine:
        votes.update({genre for genre, pattern in FOLD.items() if re.search(pattern, name.lower())})
    for name in coarse:
        if name == "War" and not re.search(r"\bwar\b", text, re.IGNORECASE):
            continue  # the list finds it in "Warner" and "Edward"
        votes.update(
            {genre: 2 for genre, pattern in FOLD.items() if re.search(pattern, name.lower())}
        )
    said = re.search(r"\b(?:is|was) an? (.{0,150}?)\b(?:film|movie)\b", text[:400])
    kind = said.group(1).lower() if said else ""
    votes.update({genre: 2 for genre, pattern in FOLD.items() if re.search(pattern, kind)})
    if re.search(r"animated|\banime\b|claymation|stop-motion", kind) and "live-action" not in kind:
        votes["Animation"] += 9
    if len(votes) > 2 and votes["Drama"] <= 1:  # noqa: PLR2004
        votes["Drama"] = 0
    ranked = sorted((-count, genre) for genre, count in votes.items() if count > 0)
    return tuple(genre for _, genre in ranked[:most])
