"""Look at the packaged catalogue with your own eyes: what stands near famous and recent films.

    python tools/look_at_catalog.py                    neighbours of a hundred, twenty tastes
    python tools/look_at_catalog.py Alien "Mean Girls" neighbours of these only
    python tools/look_at_catalog.py --why Alien Aliens how the distance adds up, block by block

A neighbour list answers "what is like this film": a profile that stands on the film. A taste
is a newcomer who liked three films. Numbers say how good a space is on average; whether a
film lover would trust it, only reading such lists tells.

requires: numpy, and movieloop itself (`pip install -e .`)
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

import numpy as np

from movieloop.model.embeddings import Embeddings
from movieloop.taste import Vector, nearest

CATALOG = Path(__file__).resolve().parent.parent / "src/movieloop/data/packaged"

FAMOUS = (
    "Alien", "The Thing", "The Shining", "Psycho", "The Silence of the Lambs", "Jaws", "Star Wars",
    "Blade Runner", "The Matrix", "2001: A Space Odyssey", "Interstellar", "Back to the Future",
    "Inception", "The Dark Knight", "Die Hard", "Raiders of the Lost Ark",
    "The Lord of the Rings: The Fellowship of the Ring", "Harry Potter and the Philosopher's Stone",
    "The Godfather", "Goodfellas", "Pulp Fiction", "Fargo", "The Big Lebowski",
    "The Shawshank Redemption", "Forrest Gump", "Schindler's List", "Saving Private Ryan", "Rocky",
    "Titanic", "The Notebook", "Pride & Prejudice", "Casablanca", "When Harry Met Sally...",
    "Annie Hall", "Some Like It Hot", "Groundhog Day", "Airplane!",
    "Monty Python and the Holy Grail", "The Hangover", "Mean Girls", "Singin' in the Rain",
    "The Good, the Bad and the Ugly", "Toy Story", "The Lion King", "Spirited Away", "Amélie",
    "Seven Samurai", "The Seventh Seal", "Bicycle Thieves", "In the Mood for Love", "Oldboy",
    "City of God",
)  # fmt: skip

RECENT = (
    "Parasite", "Decision to Leave", "Broker", "The Roundup", "The Man Standing Next",  # Korea
    "The Boy and the Heron", "Shoplifters", "Drive My Car", "Monster (2023)", "Mirai of the Future",
    "RRR", "Pathaan", "Gangubai Kathiawadi", "Andhadhun", "The White Tiger",  # India
    "Portrait of a Lady on Fire", "Anatomy of a Fall", "Les Misérables", "The Substance",
    "All Quiet on the Western Front", "Perfect Days", "Tár",  # Germany
    "Pain and Glory", "Parallel Mothers", "Klaus", "Robot Dreams",  # Spain
    "Roma", "Argentina, 1985", "Bacurau", "The Invisible Life",  # Latin America
    "Another Round", "The Worst Person in the World", "Riders of Justice",  # Scandinavia
    "The Hand of God", "The Life Ahead",  # Italy
    "Mami Wata", "Eyimofe", "Corpus Christi", "Klondike", "Atlantics",
    "Dune: Part Two", "Oppenheimer", "Barbie", "Everything Everywhere All at Once", "Sinners",
    "Anora", "Wicked", "Top Gun: Maverick", "Spider-Man: Into the Spider-Verse", "Hereditary",
    "Promising Young Woman", "The Brutalist", "Knives Out", "Inside Out 2", "Past Lives",
)  # fmt: skip

TASTES = {
    "horror": ("Alien", "The Thing", "The Shining"),
    "horror of today": ("Hereditary", "Get Out", "Midsommar"),
    "anime": ("Spirited Away", "My Neighbor Totoro", "Your Name"),
    "crime": ("The Godfather", "Goodfellas", "Heat"),
    "romance": ("The Notebook", "Pride & Prejudice", "Titanic"),
    "children": ("Toy Story", "Finding Nemo", "Shrek"),
    "arthouse": ("Seven Samurai", "The Seventh Seal", "Bicycle Thieves"),
    "arthouse of today": ("Portrait of a Lady on Fire", "Drive My Car", "The Zone of Interest"),
    "comedy": ("The Hangover", "Superbad", "Anchorman: The Legend of Ron Burgundy"),
    "romantic comedy": ("When Harry Met Sally...", "Notting Hill", "Crazy Rich Asians"),
    "classics": ("Casablanca", "Some Like It Hot", "Singin' in the Rain"),
    "science fiction": ("The Matrix", "Blade Runner", "Inception"),
    "Bollywood": ("Lagaan", "Dilwale Dulhania Le Jayenge", "3 Idiots"),
    "Korean": ("Oldboy", "Parasite", "Train to Busan"),
    "Latin American": ("City of God", "Roma", "Wild Tales"),
    "war": ("Saving Private Ryan", "1917", "All Quiet on the Western Front"),
    "documentary": ("Free Solo", "13th", "Blackfish"),
    "superheroes": ("Avengers: Endgame", "Black Panther", "The Dark Knight"),
    "hits of today": ("Oppenheimer", "Barbie", "Dune: Part Two"),
    "everything at once": ("Die Hard", "The Notebook", "Spirited Away"),
}


class Catalogue:
    """The packaged films and points, with rows found by title."""

    def __init__(self, folder: Path) -> None:
        """Read movies.csv and points.npz.

        Args:
            folder: Where the two files are.
        """
        with (folder / "movies.csv").open(encoding="utf-8", newline="") as lines:
            movies = {int(row["movie_id"]): row for row in csv.DictReader(lines)}
        self.space = Embeddings.from_bytes((folder / "points.npz").read_bytes())
        self.labels = [
            f"{movies[int(i)]['title']} ({movies[int(i)]['year']})" for i in self.space.movie_ids
        ]
        best_known = sorted(
            range(len(self.labels)),
            key=lambda row: int(movies[int(self.space.movie_ids[row])]["popularity"]),
        )
        self.rows: dict[str, int] = {self.labels[row].casefold(): row for row in best_known} | {
            movies[int(self.space.movie_ids[row])]["title"].casefold(): row for row in best_known
        }

    def row(self, title: str) -> int:
        """Find the best known film of a title, or stop with a message."""
        if title.casefold() not in self.rows:
            sys.exit(f"look_at_catalog: no film is called {title!r}")
        return self.rows[title.casefold()]

    def standing_on(self, row: int) -> Vector:
        """The profile of somebody who stands on a film: its point, with popularity 0."""
        profile: Vector = self.space.points[row].copy()
        profile[self.space.blocks["popularity"]] = 0.0
        return profile

    def list_for(self, profile: Vector, exclude: list[int], n: int = 10) -> str:
        """Name the films nearest to a profile."""
        rows, distances = nearest(profile, self.space.points, n, exclude)
        return ", ".join(
            f"{self.labels[row]} {distance:.1f}"
            for row, distance in zip(rows, distances, strict=True)
        )


def main() -> None:
    """Print what the command line asks for; see the module's docstring."""
    parser = argparse.ArgumentParser(
        description="Print neighbours and recommendation lists of the packaged catalogue."
    )
    parser.add_argument(
        "titles", nargs="*", help="films to look at; fifty famous and fifty recent ones if none"
    )
    parser.add_argument(
        "--catalog", type=Path, default=CATALOG, help="folder with movies.csv and points.npz"
    )
    parser.add_argument(
        "--why",
        action="store_true",
        help="how far the first film is from the others, block by block",
    )
    options = parser.parse_args()
    films = Catalogue(options.catalog)
    if options.why:
        explain(films, options.titles)
        return
    if not options.titles:
        print(f"A newcomer: {films.list_for(films.space.start, [], 20)}\n")
    for title in options.titles or (*FAMOUS, *RECENT):
        row = films.row(title)
        print(f"{films.labels[row]}: {films.list_for(films.standing_on(row), [row])}\n")
    for name, taste in TASTES.items() if not options.titles else ():
        rows = [films.row(title) for title in taste]
        profile = films.space.learn([(int(films.space.movie_ids[row]), 1) for row in rows])
        print(f"{name}, {' + '.join(taste)}: {films.list_for(profile, rows)}\n")


def explain(films: Catalogue, titles: list[str]) -> None:
    """Print the distance from the first film to each of the others as a sum of blocks."""
    profile = films.standing_on(films.row(titles[0]))
    for title in titles[1:]:
        gap = np.abs(films.space.points[films.row(title)] - profile)
        parts = " + ".join(
            f"{name} {gap[where].sum():.1f}" for name, where in films.space.blocks.items()
        )
        print(f"{titles[0]} to {title}: {gap.sum():.1f} = {parts}")


if __name__ == "__main__":
    main()
