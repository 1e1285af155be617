"""What a row is about: a film, a series or a game, in the words of many services.

>>> kind_of("Feature Film"), kind_of("tvEpisode"), kind_of("Serie de TV"), kind_of("Music Video")
('film', 'other', 'other', 'maybe')
"""

import re
from typing import Literal

Kind = Literal["film", "maybe", "other"]

OTHER = "not a film but a series, an episode or a game"
_FILMS = {
    "", "movie", "movies", "film", "films", "featurefilm", "tvmovie", "tvfilm", "short", "tvshort",
    "shortfilm", "video", "documentary", "tvspecial", "pelicula", "filme", "spielfilm", "kinofilm",
    "lungometraggio", "longmetrage", "cortometraje", "cortometraggio", "courtmetrage", "kurzfilm",
    "fernsehfilm", "фильм", "фильмы", "映画", "영화", "电影",
}  # fmt: skip
_NO_FILMS = re.compile(
    r"serie|séri|seri[aá]l|serial|episod|épisod|capitulo|folge|odcinek|aflevering|avsnitt|afsnit"
    r"|season|staffel|saison|temporada|stagione|sezon|show|dizi|podcast|game|spiel$|juego|gioco|jeu"
    r"|joc|сериал|эпизод|сезон|игра|ドラマ|エピソード|드라마|电视|^tv$|^manga$|^book|^boardgame"
)


def kind_of(text: str) -> Kind:
    """Tell what somebody rated by the word a service has for it.

    Args:
        text: The word, in any language; nothing means a film.

    Returns:
        "film", "other" for series, episodes, games and the like, "maybe" for anything else.
    """
    word = re.sub(r"[\s_-]+", "", text.casefold())
    if word in _FILMS:
        return "film"
    return "other" if _NO_FILMS.search(word) else "maybe"
