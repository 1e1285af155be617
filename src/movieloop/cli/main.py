"""The program: which commands there are, and how an error is said."""

import sys
from typing import Annotated

import typer

import movieloop
from movieloop.cli import (
    backup,
    connect,
    database,
    evaluate,
    films,
    imports,
    keys,
    maintain,
    mcp,
    recommend,
    serve,
    train,
)  # fmt: skip
from movieloop.cli.output import Output
from movieloop.errors import MovieLoopError
from movieloop.settings import load_settings

app = typer.Typer(
    name="movieloop",
    help="A movie recommender that learns from every like and dislike.\n\n"
    "Without a command it serves at http://127.0.0.1:8000 and opens the browser.",
    epilog="Settings: options beat MOVIELOOP_* variables (MOVIELOOP_DATABASE, _HOST, _PORT, "
    "_RETRAIN_AFTER, _TRAIN_AFTER, _BUSY_TIMEOUT, _WORKERS, _INSECURE, _ALLOWED_HOSTS, "
    "_TRUSTED_PROXIES, _LOG_LEVEL, _LOG_FORMAT), those beat movieloop.toml, which MOVIELOOP_CONFIG "
    "may name.",
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Serve and open the browser if no command is given."""
    if version:
        typer.echo(f"movieloop {movieloop.__version__}")
    elif context.invoked_subcommand is None:
        serve.run(load_settings(), browser=True)


serve.register(app)
recommend.register(app)
imports.register(app)
films.register(app)
evaluate.register(app)
train.register(app)
maintain.register(app)
backup.register(app)
database.register(app)
keys.register(app)
connect.register(app)
mcp.register(app)


def main() -> None:
    """Run the program; an error of ours is one line on stderr and exit code 1."""
    Output.instead_of_stdout()
    try:
        app()
    except MovieLoopError as error:
        typer.echo(f"movieloop: {error}", err=True)
        sys.exit(1)
    finally:
        sys.stdout.flush()  # while there is somebody to tell what goes wrong
