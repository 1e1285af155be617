"""Commands that ask and teach: recommend, rate, undo, why, movies, profile, history."""

from enum import StrEnum
from typing import Annotated

import typer

from movieloop.cli import show
from movieloop.cli.options import AsJson, Database, Film, Size, UserId, film, loop_at, reading
from movieloop.cli.output import print_json
from movieloop.recommender.filters import Filters, wishes_of
from movieloop.schemas.group import FAIRNESS


class Opinion(StrEnum):
    """What one can think of a film."""

    LIKE = "like"
    DISLIKE = "dislike"
    SEEN = "seen"


class SeenBy(StrEnum):
    """What a group has seen."""

    ANY = "any"
    ALL = "all"


RATINGS = {Opinion.LIKE: 1, Opinion.DISLIKE: 0, Opinion.SEEN: None}

Owned = Annotated[
    bool | None,
    typer.Option(
        "--owned/--not-owned", help="Only films a connected media server has, or only the others."
    ),
]


def register(app: typer.Typer) -> None:
    """Add these commands to the program.

    Args:
        app: The program.
    """
    for command in (recommend, tonight, rows, rate, undo, why, movies, profile, history, watchlist):
        app.command()(command)


def recommend(
    user_id: UserId,
    n: Size = 10,
    genre: Annotated[str | None, typer.Option(help="Only films of this genre.")] = None,
    year_from: Annotated[int | None, typer.Option(help="This year or later.")] = None,
    year_to: Annotated[int | None, typer.Option(help="This year or earlier.")] = None,
    familiarity: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="1 = the best known films, 0 = the most obscure."),
    ] = None,
    country: Annotated[str | None, typer.Option(help="Only films made there: Korean, KR.")] = None,
    language: Annotated[str | None, typer.Option(help="Only films in it: Korean, ko.")] = None,
    from_watchlist: Annotated[
        bool, typer.Option("--watchlist", help="Only films on the watchlist of USER.")
    ] = False,
    runtime_to: Annotated[
        int | None, typer.Option(min=1, help="Only films of so many minutes or fewer.")
    ] = None,
    owned: Owned = None,
    variety: Annotated[
        float,
        typer.Option(min=0, max=1, help="0 = exactly the nearest, 1 = near all that USER likes."),
    ] = 0.0,
    wish: Annotated[
        list[str] | None,
        typer.Option(help="Move along a direction of the taste: Western:1.5; repeatable."),
    ] = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Recommend films: the nearest ones USER has not seen."""
    filters = Filters(
        genre,
        year_from,
        year_to,
        familiarity=familiarity,
        country=country,
        language=language,
        runtime_to=runtime_to,
        owned=owned,
        variety=variety,
        wishes=wishes_of(wish or ()),
    )
    with reading(database) as loop:
        answer = loop.recommend(
            user_id, n=n, filters=filters, explain=True, from_watchlist=from_watchlist
        )
    print_json(answer) if as_json else show.show_recommendations(answer)


def tonight(
    users: Annotated[list[str], typer.Argument(help="Who watches together.", metavar="USER...")],
    n: Annotated[int, typer.Option("-n", min=1, max=50, help="How many films.")] = 5,
    veto: Annotated[
        list[str] | None, typer.Option(help="A film somebody does not want; repeatable.")
    ] = None,
    seen_by: Annotated[
        SeenBy, typer.Option(help="Leave out what anybody has seen, or only what all have.")
    ] = SeenBy.ANY,
    fairness: Annotated[
        float,
        typer.Option(min=0, max=1, help="0 = one list by the mean, 1 = each their own nearest."),
    ] = FAIRNESS,
    genre: Annotated[str | None, typer.Option(help="Only films of this genre.")] = None,
    year_from: Annotated[int | None, typer.Option(help="This year or later.")] = None,
    year_to: Annotated[int | None, typer.Option(help="This year or earlier.")] = None,
    runtime_to: Annotated[
        int | None, typer.Option(min=1, help="Only films of so many minutes or fewer.")
    ] = None,
    owned: Owned = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Find a film for several people: each picks in turn; the first is the one for tonight."""
    filters = Filters(genre, year_from, year_to, runtime_to=runtime_to, owned=owned)
    with reading(database) as loop:
        refused = [loop.movies.get(film(name)).movie_id for name in veto or ()]
        answer = loop.recommend_group(
            users, n=n, veto=refused, seen_by=seen_by.value, fairness=fairness, filters=filters
        )
    print_json(answer) if as_json else show.show_group(answer)


def rows(
    user_id: UserId,
    n: Size = 6,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Recommend in rows: near each taste of USER, less known, recent, from a country."""
    with reading(database) as loop:
        answer = loop.rows(user_id, n=n)
    print_json(answer) if as_json else show.show_rows(answer)


def rate(
    user_id: UserId,
    name: Film,
    opinion: Annotated[Opinion, typer.Argument(help="What USER thinks of it.")],
    n: Size = 5,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Like or dislike a film, or tick it off as seen; the next recommendation knows."""
    with loop_at(database) as loop:
        answer = loop.add_feedback(user_id, film(name), RATINGS[opinion], n=n, source="search")
    print_json(answer) if as_json else show.show_feedback(answer, user_id)


def undo(
    feedback_id: Annotated[int, typer.Argument(min=1, help="Its number; 'history' tells it.")],
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Take a rating back, as if it had never been given."""
    with loop_at(database) as loop:
        answer = loop.undo(feedback_id)
    print_json(answer) if as_json else show.console.print(answer.message, markup=False)


def why(user_id: UserId, name: Film, database: Database = None, as_json: AsJson = False) -> None:
    """Explain a film's place: shares of the distance, and what it would be without each rating."""
    with reading(database) as loop:
        answer = loop.explain(user_id, film(name))
    print_json(answer) if as_json else show.show_explanation(answer)


def movies(
    query: Annotated[str, typer.Argument(help="A part of a title; slips are forgiven.")] = "",
    genre: Annotated[str | None, typer.Option(help="Only films of this genre.")] = None,
    n: Size = 20,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Search the films, or list the best known ones."""
    with reading(database) as loop:
        answer = loop.movies.search(query, genre=genre, limit=n)
    print_json(answer) if as_json else show.show_movies(answer)


def profile(user_id: UserId, database: Database = None, as_json: AsJson = False) -> None:
    """Show where USER stands."""
    with reading(database) as loop:
        answer = loop.users.profile(user_id)
    print_json(answer) if as_json else show.show_profile(answer)


def history(user_id: UserId, database: Database = None, as_json: AsJson = False) -> None:
    """Show what USER has said, oldest first."""
    with reading(database) as loop:
        answer = loop.users.history(user_id)
    print_json(answer) if as_json else show.show_history(answer)


def watchlist(
    user_id: UserId,
    name: Annotated[
        str | None,
        typer.Argument(help="A film to put on it; without one it is listed.", show_default=False),
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the film off it.")] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Show what USER wants to see, put a film on the list or take one off it."""
    if remove and name is None:
        raise typer.BadParameter("Say which film to take off it.")
    with loop_at(database) as loop:
        if name is None:
            listed = loop.watchlist.of(user_id)
            print_json(listed) if as_json else show.show_watchlist(listed)
            return
        change = loop.watchlist.remove if remove else loop.watchlist.add
        answer = change(user_id, film(name))
    print_json(answer) if as_json else show.console.print(answer.message, markup=False)
