"""The page's HTML: the frame, cards of films with forms, and the facts of one film.

What is painted here stands where the scripts of `web/` will put it, so that nothing jumps.
"""

from collections.abc import Iterable, Mapping
from html import escape

from movieloop.api.posters import POSTER_VERSION
from movieloop.data.places import words_of_country
from movieloop.schemas.movies import MovieOut
from movieloop.schemas.recommend import Recommendation

_OPINIONS = (("1", "like"), ("seen", "seen"), ("0", "dislike"))


def card(movie: MovieOut | Recommendation, words: Mapping[str, str], *, about: bool = True) -> str:
    """Draw a film with the buttons that rate it.

    >>> from movieloop.api.page.words import WORDS
    >>> film = MovieOut(movie_id=7, title="<Alien>", year=1979, genres=["Horror"], imdb_id=None,
    ...                 popularity=1)
    >>> "&lt;Alien&gt;" in card(film, WORDS["en"]), "<Alien>" in card(film, WORDS["en"])
    (True, False)

    Args:
        movie: The film.
        words: The words of a language.
        about: Whether to tell year and genres.

    Returns:
        A list item.
    """
    told = [str(movie.year)] if movie.year else []
    facts = " · ".join(told + (list(movie.genres[:2]) if about else []))
    return (
        f'<li class="card"><a class="face" href="/film/{movie.movie_id}">{poster(movie)}</a>'
        f'<p class="name">{escape(movie.title)}</p><p class="about">{escape(facts)}</p>'
        f"{forms(movie.movie_id, words)}</li>"
    )


def poster(movie: MovieOut | Recommendation) -> str:
    """Show a film's poster.

    Args:
        movie: The film.

    Returns:
        An image.
    """
    name = escape(f"{movie.title} ({movie.year})" if movie.year else movie.title)
    return (
        f'<img class="poster" width="200" height="300" alt="{name}" '
        f'src="/movies/{movie.movie_id}/poster.svg?v={POSTER_VERSION}">'
    )


def forms(movie_id: int, words: Mapping[str, str]) -> str:
    """Draw the buttons that rate a film without any script.

    Args:
        movie_id: The film.
        words: The words of a language.

    Returns:
        A form.
    """
    buttons = "".join(
        f'<button class="{word}" name="rating" value="{value}">{words[word]}</button>'
        for value, word in _OPINIONS
    )
    return (
        f'<form method="post" action="/page/rate" class="rate">'
        f'<input type="hidden" name="movie_id" value="{movie_id}">{buttons}</form>'
    )


def list_page(headline: str, said: str, cards: Iterable[str], *, kind: str) -> str:
    """Draw a headline and films.

    Args:
        headline: What stands above.
        said: A sentence below it.
        cards: The films.
        kind: "start" for the newcomer's films, "films" for a list.

    Returns:
        The main part of the page.
    """
    text = f'<p class="said">{said}</p>' if said else ""
    grid = f'<ul class="grid" id="{kind}">{"".join(cards)}</ul>'
    if kind == "films":
        grid = f'<div class="columns"><div id="list">{grid}</div><aside class="side"></aside></div>'
    return f'<main id="home"><div class="hero"><h1>{headline}</h1>{text}</div>{grid}</main>'


def film_page(movie: MovieOut, similar: Iterable[str], words: Mapping[str, str]) -> str:
    """Draw a film's own page.

    Args:
        movie: The film.
        similar: Cards of its neighbours.
        words: The words of a language.

    Returns:
        The main part of the page.
    """
    countries = [words_of_country(code)[0] for code in movie.countries]
    facts = "".join(
        f"<div><dd>{escape(', '.join(told))}</dd></div>"
        for told in (movie.directors, movie.cast[:6], countries, movie.genres)
        if told
    )
    year = f' <span class="year">{movie.year}</span>' if movie.year else ""
    return (
        f'<main class="film-page"><p><a href="/">← {words["back"]}</a></p>'
        f'<article class="about-film">{poster(movie)}<div class="about-text">'
        f"<h1>{escape(movie.title)}{year}</h1><p>{escape(movie.about)}</p>"
        f'<dl class="facts">{facts}</dl>{forms(movie.movie_id, words)}</div></article>'
        f'<section class="film-row" id="neighbours"><h2>{words["near"]}</h2>'
        f'<ul class="grid" id="near">{"".join(similar)}</ul></section></main>'
    )


def sign_in(
    words: Mapping[str, str], servers: Iterable[tuple[str, str]] = (), *, refused: str | None = None
) -> str:
    """Draw the forms that ask for an account of a media server or a key; they need no script.

    >>> from movieloop.api.page.words import WORDS
    >>> jellyfin, plex = ("home", "jellyfin"), ("cellar", "plex")
    >>> sign_in(WORDS["en"]).count("<form"), sign_in(WORDS["en"], [jellyfin, plex]).count("<form")
    (1, 2)

    Args:
        words: The words of a language.
        servers: (name, kind) of the connections whose people can sign in with their account.
        refused: Which words say why what was given before opens nothing.

    Returns:
        The main part of the page.
    """
    said = f'<p role="alert">{words[refused]}</p>' if refused else ""
    forms = "".join(_account_form(words, *server) for server in servers)
    return (
        f'<main class="plain"><h1>{words["key_title"]}</h1>{said}{forms}'
        f'<p>{words["key_text"]}</p><form class="row" method="post" action="/page/sign-in">'
        f'<input type="password" name="key" aria-label="{words["key_label"]}" '
        f'placeholder="{words["key_label"]}" required autocomplete="off">'
        f'<button class="first">{words["key_go"]}</button></form></main>'
    )


def _account_form(words: Mapping[str, str], server: str, kind: str) -> str:
    if kind == "plex":  # which asks by itself
        to = f"/page/plex?connection={escape(server)}"
        label = words["account_plex"].format(server=escape(server))
        return f'<p><a class="button" href="{to}" rel="nofollow">{label}</a></p>'
    name, password = words["account_name"], words["account_password"]
    return (
        f"<p>{words['account_text'].format(server=f'<b>{escape(server)}</b>')}</p>"
        '<form class="row" method="post" action="/page/sign-in">'
        f'<input type="hidden" name="connection" value="{escape(server)}">'
        f'<input type="text" name="name" aria-label="{name}" placeholder="{name}" required '
        'autocomplete="username" autocapitalize="none">'
        f'<input type="password" name="password" aria-label="{password}" '
        f'placeholder="{password}" autocomplete="current-password">'
        f'<button class="first">{words["key_go"]}</button></form>'
    )


FRAME = """<!doctype html>
<html lang="{language}" data-locked="{locked}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>{title}</title>
<meta name="description" content="{about}">
<link rel="icon" href="{icon}" type="image/svg+xml">
<link rel="manifest" href="/manifest.webmanifest">
<link rel="stylesheet" href="{style}">
{modules}
<script type="module" src="{script}"></script>
</head>
<body>
<div id="app">
<header class="top"><a class="brand" href="/">movie<i>loop</i></a>
<section class="find">
<input type="search" placeholder="{find}" aria-label="{find}" disabled></section>
</header>
{main}
</div>
<noscript><p class="noscript">{no_script}</p></noscript>
<script type="application/json" id="first">{first}</script>
</body>
</html>
"""
