"""Tokens of media servers: in a file beside the database that only its owner reads.

They are not in the database, so no backup, export or replica holds them, and they are logged
nowhere.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     file = Path(folder) / "tokens.json"
...     save_token(file, "home", "0f1e")
...     oct(file.stat().st_mode & 0o777), tokens(file)
('0o600', {'home': '0f1e'})
"""

import json
import os
import tempfile
from pathlib import Path

import platformdirs

from movieloop.addresses import is_server
from movieloop.errors import StoreUnusable

_NAME = "media-server-tokens.json"


def tokens_file(database: str) -> Path:
    """Tell where the tokens of a database's servers lie.

    >>> tokens_file("/srv/movieloop/films.db").as_posix()
    '/srv/movieloop/films-media-server-tokens.json'

    Args:
        database: Its path or address.

    Returns:
        Beside a file; in the platform's folder for settings for a database on a server.
    """
    if is_server(database) or database == ":memory:":
        return Path(platformdirs.user_config_dir("movieloop", appauthor=False)) / _NAME
    return Path(database).with_name(f"{Path(database).stem}-{_NAME}")


def tokens(file: Path) -> dict[str, str]:
    """Read the tokens.

    Args:
        file: Where they lie.

    Returns:
        Tokens by connection; none if there is no file.

    Raises:
        StoreUnusable: The file cannot be read, or others may read it, too.
    """
    try:
        with file.open(encoding="utf-8") as opened:
            if os.name == "posix" and os.fstat(opened.fileno()).st_mode & 0o077:
                raise StoreUnusable(f"Others may read {file}. Run: chmod 600 {file}")
            known = json.load(opened)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise StoreUnusable(f"{file} cannot be read: {error}.") from None
    if not isinstance(known, dict) or not all(isinstance(one, str) for one in known.values()):
        raise StoreUnusable(f"{file} holds no tokens. Delete it, and connect the servers anew.")
    return known


def save_token(file: Path, connection: str, token: str | None) -> None:
    """Keep the token of a server, or forget it; the file is replaced as a whole.

    Args:
        file: Where they lie.
        connection: Of which server.
        token: The token; None to forget it.

    Raises:
        StoreUnusable: The file cannot be read or written.
    """
    known = tokens(file)
    if token is None and connection not in known:
        return
    known.pop(connection, None)
    if token is not None:
        known[connection] = token
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, written = tempfile.mkstemp(dir=file.parent)  # 0600 from its first moment
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            json.dump(known, opened)
            opened.flush()
            os.fsync(opened.fileno())
        Path(written).replace(file)
    except OSError as error:
        raise StoreUnusable(f"{file} cannot be written: {error}.") from None
