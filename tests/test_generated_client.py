"""A client that a generator makes of `docs/openapi.json` works against a real server."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from movieloop import MovieLoop
from movieloop.api import create_app
from tests.served import served
from tools.openapi import KEPT

# In an environment of its own: it needs an older typer than movieloop is tested with.
GENERATOR = shutil.which("openapi-python-client")
SETTINGS = KEPT.with_name("openapi-python-client.yaml")
CALLER = """
import sys
from io import BytesIO
from made_client import models
from made_client.api.feedback import add_feedback, preview
from made_client.api.movies import movie
from made_client.api.recommend import recommend, recommend_session
from made_client.api.user import import_file
from made_client.client import Client
from made_client.types import File

client = Client(base_url=sys.argv[1])
like = {"movie_name": "Alien (1979)", "rating": 1}
said = add_feedback.sync(client=client, body=models.FeedbackIn(user_id="ada", **like))
assert said.movie.title == "Alien", said
told = recommend.sync("ada", client=client, n=3)
assert len(told.recommendations) == 3 and told.recommendations[0].distance > 0, told
first = told.recommendations[0].movie_id
asked = models.PreviewIn(user_id="ada", movie_id=first, rating=0)
assert preview.sync(client=client, body=asked).profile_after, "nothing would move"
opinions = models.SessionIn(opinions=[models.OpinionIn(**like)])
assert recommend_session.sync(client=client, body=opinions).recommended_movie
assert movie.sync(5, client=client).status == 404
export = b"Date,Name,Year,Letterboxd URI,Rating\\n2024-01-01,Heat,1995,https://boxd.it/2b,5\\n"
brought = import_file.sync("ada", client=client, body=File(payload=BytesIO(export)))
assert (brought.imported, brought.bad) == (1, 0), brought
"""


@pytest.mark.skipif(GENERATOR is None, reason="needs: pipx install openapi-python-client")
def test_a_client_is_generated_whole_and_can_tell_ask_and_send_a_file(tmp_path: Path) -> None:
    assert GENERATOR is not None
    tools = Path(GENERATOR).resolve().parent
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"  # it tidies up with its own ruff
    made = tmp_path / "made_client"
    command = [GENERATOR, "generate", "--path", KEPT, "--config", SETTINGS, "--output-path", made]
    said = subprocess.run(
        [*command, "--meta", "none"],
        env={**os.environ, "PATH": path}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stdout + said.stderr
    assert "WARNING" not in said.stdout + said.stderr  # an endpoint or an answer was left out
    (tmp_path / "caller.py").write_text(CALLER)
    loop = MovieLoop.open(":memory:")
    with served(create_app(lambda: loop)) as url:
        called = subprocess.run(
            [tools / "python", "caller.py", url],
            cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert called.returncode == 0, called.stderr
