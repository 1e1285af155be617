"""The command that serves; `movieloop` alone is the same with a browser."""

import logging.config
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Mapping
from typing import Annotated, Any

import typer
import uvicorn

import movieloop
from movieloop.api.connections import SHUTDOWN_SECONDS, BoundedConnection, allow_many_files
from movieloop.api.library_follower import following_libraries
from movieloop.api.retrain_scheduler import retraining
from movieloop.cli.logs import log_config
from movieloop.cli.options import Database, RetrainAfter, open_loop
from movieloop.cli.serve_worker import application, telling_workers
from movieloop.cli.show import console
from movieloop.cli.stopping import stopping_politely
from movieloop.errors import InvalidInput
from movieloop.recommender.doctor import lacks
from movieloop.recommender.loop import MovieLoop
from movieloop.settings import Settings, load_settings
from movieloop.store import MEMORY
from movieloop.store.api_keys import create_key, stored_keys
from movieloop.store.sqlite_file import private_file


def register(app: typer.Typer) -> None:
    """Add these commands to the program.

    Args:
        app: The program.
    """
    app.command()(serve)


def serve(
    host: Annotated[
        str | None, typer.Option(help="The address to listen at.", show_default="127.0.0.1")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="The port to listen at.", show_default="8000")
    ] = None,
    retrain_after: RetrainAfter = None,
    train_after: Annotated[
        int | None,
        typer.Option(
            help="The movies train after so many new ratings, 0 = never.", show_default="1000"
        ),
    ] = None,
    busy_timeout: Annotated[
        float | None,
        typer.Option(help="Seconds to wait for another program's lock.", show_default="5"),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="How many processes answer.", show_default="1")
    ] = None,
    insecure: Annotated[
        bool | None,
        typer.Option("--insecure", help="Listen at other addresses without an API key."),
    ] = None,
    allowed_hosts: Annotated[
        str | None,
        typer.Option(
            help="More names to be asked by, with commas: films.example.org,*.home.arpa; * = any.",
            show_default="this machine's own",
        ),
    ] = None,
    trusted_proxies: Annotated[
        str | None,
        typer.Option(
            help="Addresses or networks of proxies whose X-Forwarded headers count, with commas.",
            show_default="none",
        ),
    ] = None,
    log_level: Annotated[
        str | None,
        typer.Option(help="debug, info (every request), warning or error.", show_default="warning"),
    ] = None,
    log_format: Annotated[
        str | None,
        typer.Option(help="text, or json: one object a line.", show_default="text"),
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = False,
    database: Database = None,
) -> None:
    """Serve the HTTP API, by default for this machine only.

    Every option is also a variable (MOVIELOOP_PORT=9000) and a line of movieloop.toml
    (port = 9000); MOVIELOOP_CONFIG names another such file.
    """
    settings = load_settings(
        host=host,
        port=port,
        retrain_after=retrain_after,
        train_after=train_after,
        busy_timeout=busy_timeout,
        workers=workers,
        insecure=insecure,
        allowed_hosts=allowed_hosts,
        trusted_proxies=trusted_proxies,
        log_level=log_level,
        log_format=log_format,
        database=database,
    )
    run(settings, browser=browser)


def run(settings: Settings, *, browser: bool = False) -> None:
    """Open the database, say where everything is, and serve until stopped.

    Args:
        settings: The settings.
        browser: Whether to open the browser once the server answers.
    """
    if settings.workers > 1 and str(settings.database) == MEMORY:
        raise InvalidInput(
            "workers",
            "A database in memory is known to one process only. Name a file with --database, or "
            "serve with one worker.",
        )
    logging.config.dictConfig(log_config(settings.log_format, settings.log_level))
    with stopping_politely(code=0), open_loop(settings) as loop, _listen(settings) as listener:
        require_key = not (settings.local or settings.insecure)
        port = listener.getsockname()[1]
        shown_host = f"[{settings.host}]" if ":" in settings.host else settings.host
        url = f"http://{shown_host}:{port}"
        films = len(loop.live.space().catalog.movies)
        console.print(
            f"movieloop {movieloop.__version__} · {url} · {films:,} films · "
            f"database {loop.store.name}",
            markup=False,
            soft_wrap=True,
        )
        console.print(
            f"Open {url} in a browser; the API: {url}/docs   Stop it: Ctrl+C", markup=False
        )
        if missing := lacks(loop):
            console.print(missing, markup=False, style="yellow")
        if require_key:
            _say_key(loop)
        if browser and _has_screen():
            threading.Timer(1.0, webbrowser.open, [url]).start()
        allow_many_files()
        with retraining(loop, settings.train_after), following_libraries(loop):
            if settings.workers == 1:
                app = application(settings, lambda: loop)
                config = uvicorn.Config(app, **_served(settings))
                uvicorn.Server(config).run(sockets=[listener])
                return
            listener.close()  # the port is free: uvicorn takes it for all workers
            with telling_workers(settings):
                uvicorn.run(
                    "movieloop.cli.serve_worker:from_environment",
                    factory=True,
                    host=settings.host,
                    port=port,
                    workers=settings.workers,
                    **_served(settings),
                )


def _served(settings: Settings) -> Mapping[str, Any]:
    """Tell uvicorn how to serve, in one process or in several."""
    return {
        "http": BoundedConnection,
        "ws": "none",
        "log_config": log_config(settings.log_format, settings.log_level),
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,
        "timeout_graceful_shutdown": SHUTDOWN_SECONDS,
    }


def _has_screen() -> bool:
    """Tell whether a browser could show: on Linux a display must be there."""
    return sys.platform != "linux" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def _listen(settings: Settings) -> socket.socket:
    """Take the port before anything else, so that a taken one is said plainly."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as error:
        raise InvalidInput(
            "port",
            f"Cannot listen at {settings.host}:{settings.port}: {error.strerror or error}. "
            "Choose another with --port.",
        ) from None


def _say_key(loop: MovieLoop) -> None:
    """Make the first API key; a file of its owner holds it, for what is printed may be kept."""
    if stored_keys(loop.store):
        console.print("Requests need an API key: movieloop keys list")
        return
    file = loop.store.folder / f"{loop.store.stem}.key"
    file.unlink(missing_ok=True)
    private_file(file)
    file.write_text(f"{create_key(loop.store)}\n")
    console.print(f"The first API key is in {file}", markup=False, soft_wrap=True)
    console.print("Send it as the header X-API-Key. More keys: movieloop keys add NAME")
