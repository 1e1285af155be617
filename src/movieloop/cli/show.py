"""How answers look in a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, ProgressColumn, TaskProgressColumn
from rich.table import Table

from movieloop.schemas.explain import Explanation
from movieloop.schemas.feedback import FeedbackOut
from movieloop.schemas.group import GroupMember, GroupOut
from movieloop.schemas.movies import MoviePage
from movieloop.schemas.recommend import Recommendation, Recommendations
from movieloop.schemas.rows import Row, RowsOut
from movieloop.schemas.users import HistoryOut, ProfileOut
from movieloop.schemas.watchlist import WatchlistOut

SIGNS = {1: "[green]like[/]", 0: "[red]dislike[/]", None: "[dim]seen[/]"}
console = Console(highlight=False)


def share_bar(*columns: ProgressColumn, first: ProgressColumn, hidden: bool = False) -> Progress:
    """Make a bar that tells on stderr which share is done; none where nobody would see it.

    Args:
        columns: What stands behind the share.
        first: What stands before the bar.
        hidden: Whether to show none.

    Returns:
        The bar, to be used in a `with` block.
    """
    screen = Console(stderr=True)
    return Progress(
        first,
        BarColumn(),
        TaskProgressColumn(),
        *columns,
        console=screen,
        transient=True,
        disable=hidden or not screen.is_terminal,
    )


def label(title: str, year: int | None) -> str:
    """Write a film's name for the terminal.

    >>> label("Alien", 1979)
    'Alien [dim](1979)[/]'

    Args:
        title: Its title.
        year: Its year, None if unknown.

    Returns:
        Text with rich's markup.
    """
    return escape(title) if year is None else f"{escape(title)} [dim]({year})[/]"


def _films(listed: Sequence[Recommendation]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("#", justify="right", style="dim")
    table.add_column("film", ratio=1)
    table.add_column("genres", style="cyan")
    table.add_column("distance", justify="right")
    table.add_column("because of")
    for rank, item in enumerate(listed, start=1):
        table.add_row(
            str(rank),
            label(item.title, item.year) + (" [yellow]seen[/]" if item.already_rated else ""),
            escape(", ".join(item.genres[:3])),
            f"{item.distance:.2f}",
            ", ".join(escape(reason.title) for reason in item.because[:2]),
        )
    return table


def show_recommendations(answer: Recommendations) -> None:
    """Print the films for a user.

    Args:
        answer: What the loop answered.
    """
    if not answer.recommendations:
        console.print("No film passes these filters. Loosen one of them.")
        return
    console.print(_films(answer.recommendations))


def show_group(answer: GroupOut) -> None:
    """Print films for several people, and what each is to whom.

    Args:
        answer: What the loop answered.
    """
    for user in answer.newcomers:
        console.print(f"Nothing is known of {user} yet.", markup=False)
    if not answer.recommendations:
        console.print("No film is left for all of them. Loosen a filter, or say --seen-by all.")
    for film in answer.recommendations:
        console.print(f"\n[bold]{label(film.title, film.year)}[/]")
        for member in film.members:
            console.print(f"  {place_of(member)}", markup=False)


def place_of(member: GroupMember) -> str:
    """Say what a film is to one person.

    >>> place_of(GroupMember(user_id="ada", rank=3, distance=1.0, already_rated=False, because=[]))
    'no. 3 for ada'

    Args:
        member: The account.

    Returns:
        Half a sentence.
    """
    seen = ", who has seen it," if member.already_rated else ""
    because = f" because of {member.because[0].title}" if member.because else ""
    return f"no. {member.rank:,} for {member.user_id}{seen}{because}"


def row_title(row: Row) -> str:
    """Say what the films of a row have in common.

    >>> row_title(Row(kind="recent", year_from=2023, recommendations=[]))
    'New: 2023 and later'

    Args:
        row: The row.

    Returns:
        A headline.
    """
    if row.because:
        return f"Because of {row.because.title}"
    if row.kind == "recent":
        return f"New: {row.year_from} and later"
    return f"From {row.name}" if row.kind == "country" else "Less known"


def show_rows(answer: RowsOut) -> None:
    """Print films in rows.

    Args:
        answer: What the loop answered.
    """
    for row in answer.rows:
        console.print(f"\n[bold]{escape(row_title(row))}[/]")
        for film in row.recommendations:
            console.print(f"  {label(film.title, film.year)}")


def show_feedback(answer: FeedbackOut, user_id: str) -> None:
    """Print what a rating did.

    Args:
        answer: What the loop answered.
        user_id: Who rated.
    """
    console.print(escape(answer.message))
    if answer.change is not None:
        console.print(f"\nNow for {escape(user_id)}:")
        console.print(_films(answer.change.recommendations))
    console.print(f"[dim]Take it back: movieloop undo {answer.feedback_id}[/]")


def show_movies(page: MoviePage) -> None:
    """Print films of the catalogue.

    Args:
        page: What the loop answered.
    """
    table = Table(box=None, pad_edge=False)
    table.add_column("id", justify="right", style="dim")
    table.add_column("film")
    table.add_column("genres", style="cyan")
    for movie in page.movies:
        table.add_row(
            str(movie.movie_id), label(movie.title, movie.year), escape(", ".join(movie.genres))
        )
    console.print(table)
    console.print(f"[dim]{len(page.movies)} of {page.total_movies:,} films[/]")


def show_profile(answer: ProfileOut) -> None:
    """Print where a user stands.

    Args:
        answer: What the loop answered.
    """
    console.print(
        f"[bold]{escape(answer.user_id)}[/]: {answer.likes} liked, {answer.dislikes} disliked, "
        f"{answer.seen} seen; {answer.unprocessed_feedback} waiting, learns after "
        f"{answer.retrain_threshold}"
    )
    for name, values in answer.memories.items():
        numbers = " ".join(f"{value:6.2f}" for value in values[:8])
        more = f" ... {len(values)} in all" if len(values) > 8 else ""  # noqa: PLR2004
        console.print(f"  [cyan]{escape(f'{name:<12}')}[/] {numbers}{more}")


def show_history(answer: HistoryOut) -> None:
    """Print what a user has said.

    Args:
        answer: What the loop answered.
    """
    table = Table(box=None, pad_edge=False)
    table.add_column("no.", justify="right", style="dim")
    table.add_column("opinion")
    table.add_column("film")
    table.add_column("rank before", justify="right")
    for item in answer.feedback:
        table.add_row(
            str(item.feedback_id),
            SIGNS[item.rating] + ("" if item.counts else " [dim](replaced)[/]"),
            label(item.title, item.year),
            "" if item.rank_before is None else str(item.rank_before),
        )
    console.print(table if answer.feedback else "No ratings yet.")


def show_watchlist(answer: WatchlistOut) -> None:
    """Print what a user wants to see; what they have rated since is dimmed.

    Args:
        answer: What the loop answered.
    """
    table = Table(box=None, pad_edge=False)
    table.add_column("since", style="dim")
    table.add_column("film")
    for wish in answer.watchlist:
        seen = " [dim](rated)[/]" if wish.rated else ""
        table.add_row(f"{wish.added_at:%Y-%m-%d}", label(wish.title, wish.year) + seen)
    console.print(table if answer.watchlist else "Nothing on the watchlist.")


def show_explanation(answer: Explanation) -> None:
    """Print why a film stands where it stands.

    Args:
        answer: What the loop answered.
    """
    console.print(
        f"[bold]{label(answer.movie.title, answer.movie.year)}[/] is number {answer.rank} for "
        f"{escape(answer.user_id)}, at distance {answer.distance:.2f}:"
    )
    sums = escape(" + ".join(f"{item.name} {item.distance:.2f}" for item in answer.contributions))
    console.print(f"  {answer.distance:.2f} = {sums}")
    if not answer.ratings:
        console.print("  Nothing rated yet: this is where every newcomer stands.")
        return
    table = Table(box=None, pad_edge=False)
    table.add_column("without")
    table.add_column("your opinion")
    table.add_column("distance", justify="right")
    table.add_column("rank", justify="right")
    for rating in answer.ratings:
        table.add_row(
            escape(rating.title),
            SIGNS[rating.rating],
            f"{rating.distance_without:.2f}",
            str(rating.rank_without),
        )
    console.print(table)
