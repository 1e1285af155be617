"""The server of the HTTP benchmark, in a process of its own: the real application and its floors.

    python benchmarks/http_app.py DATABASE PORT

Beside the real routes the same application, behind the same guards, answers `/canned` with the
bytes of one recommendation and `/noop` to a POST that it parses and does nothing with.
"""

import sys

import uvicorn
from fastapi import Response

from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.schemas.feedback import FeedbackIn


def main() -> None:
    """Serve until stopped."""
    database, port = sys.argv[1], int(sys.argv[2])
    loop = MovieLoop.open(database)
    app = create_app(lambda: loop)
    canned = loop.recommend("u1").model_dump_json().encode()
    told = (
        loop.preview("u1", loop.live.space().movies[0].movie_id, 1).model_dump_json().encode()[:900]
    )

    @app.get("/canned/{user_id}")
    async def answer(user_id: str) -> Response:
        return Response(canned, media_type="application/json")

    @app.post("/noop")
    async def noop(feedback: FeedbackIn) -> Response:
        return Response(told, media_type="application/json")

    uvicorn.run(app, port=port, log_level="error", access_log=False)


if __name__ == "__main__":
    main()
