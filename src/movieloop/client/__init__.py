"""A client: the same verbs as `MovieLoop`, answered by a movieloop that runs elsewhere.

    with Client("http://films.home:8000", key="ml_...") as films:
        films.rate("ada", "Alien (1979)", 1)
        for film in films.recommend("ada", n=5, explain=True).recommendations:
            print(film.title, [reason.title for reason in film.because])

| file | what it holds |
|---|---|
| `verbs.py` | what can be asked for, answered in the models of `movieloop.schemas` |
| `connection.py` | asking once more where that is safe, and clear errors |
"""

from movieloop.client.connection import ServerError
from movieloop.client.verbs import Client

__all__ = ["Client", "ServerError"]
