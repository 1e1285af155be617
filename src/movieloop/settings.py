"""Settings: options beat MOVIELOOP_* variables, those beat the TOML file, that beats defaults.

>>> Settings(port=9000).port
9000
>>> Settings().host                        # only this machine, unless told otherwise
'127.0.0.1'

The file is the one MOVIELOOP_CONFIG names, else `movieloop.toml` in the current folder, else
the one in the platform's folder for settings:

    database = "/srv/movieloop/films.db"
    port = 9000
"""

import ipaddress
import os
import tomllib
from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from movieloop.addresses import is_server
from movieloop.errors import InvalidInput

LogFormat = Literal["text", "json"]
LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")


def default_database() -> Path:
    """Choose where the database lands unless told otherwise.

    >>> default_database().name
    'movieloop.db'

    Returns:
        A file in the platform's folder for user data.
    """
    return Path(platformdirs.user_data_dir("movieloop", appauthor=False)) / "movieloop.db"


def config_file() -> Path | None:
    """Find the TOML file.

    Returns:
        The file MOVIELOOP_CONFIG names, else the first that exists of `movieloop.toml` here
        and in the platform's folder for settings; None if there is none.
    """
    named = os.environ.get("MOVIELOOP_CONFIG")
    if named:
        return _at_home(Path(named))
    folder = Path(platformdirs.user_config_dir("movieloop", appauthor=False))
    usual = (Path("movieloop.toml"), folder / "movieloop.toml")
    return next((path for path in usual if path.is_file()), None)


def _listed(value: object) -> object:
    """Read "a, b" as a list; the TOML file has lists of its own."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _network(text: str) -> str:
    """Refuse what is no address and no network."""
    ipaddress.ip_network(text, strict=False)
    return text


def _database(value: object) -> object:
    """Leave the address of a server as it is; all else is a file."""
    return value if isinstance(value, str) and is_server(value) else Path(str(value))


def _at_home(path: Path) -> Path:
    """Put the home folder where "~" stands, as a shell does."""
    try:
        return path.expanduser()
    except RuntimeError:
        raise ValueError(f"There is no home folder for {path}; name the whole path.") from None


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]
Networks = Annotated[
    tuple[Annotated[str, AfterValidator(_network)], ...], NoDecode, BeforeValidator(_listed)
]


class Settings(BaseSettings):
    """Everything one can set; made once, at the door, and passed in."""

    model_config = SettingsConfigDict(
        env_prefix="MOVIELOOP_", extra="forbid", env_ignore_empty=True
    )

    database: Annotated[
        Annotated[Path, AfterValidator(_at_home)] | str, BeforeValidator(_database)
    ] = Field(
        default_factory=default_database,
        description="The SQLite file, or postgresql://USER:PASSWORD@HOST/NAME.",
        repr=False,
    )
    host: str = Field("127.0.0.1", min_length=1, description="The address to listen at.")
    port: int = Field(8000, ge=1, le=65535, description="The port to listen at.")
    retrain_after: int = Field(
        1, ge=1, le=1000, description="A profile retrains after so many new ratings."
    )
    train_after: int = Field(
        1000,
        ge=0,
        le=10_000_000,
        description="The movies train by themselves after so many new ratings, 0 = never.",
    )
    busy_timeout: float = Field(
        5.0, ge=0, le=600, description="Seconds to wait for another program's lock."
    )
    workers: int = Field(
        1, ge=1, le=64, description="So many processes answer; more scale reads, one writes."
    )
    insecure: bool = Field(
        False, description="Listen at other addresses without asking for an API key."
    )
    allowed_hosts: Names = Field(
        (),
        description="More names to be asked by: films.example.org, *.example.org, or * for any.",
    )
    trusted_proxies: Networks = Field(
        (),
        description="Addresses or networks of proxies whose X-Forwarded headers count.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "warning", description="How much the server tells; info: every request."
    )
    log_format: LogFormat = Field("text", description="How: for people, or one JSON object a line.")

    @property
    def local(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in LOCAL_HOSTS

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Name the sources, the strongest first; Pydantic asks for them.

        Args:
            settings_cls: This class.
            init_settings: What the command line said.
            env_settings: The MOVIELOOP_* variables.
            dotenv_settings: A .env file, which is not read.
            file_secret_settings: A folder of secrets, which is not read.

        Returns:
            The command line, the variables, the TOML file.
        """
        file = TomlConfigSettingsSource(settings_cls, toml_file=config_file())
        return (init_settings, env_settings, file)


def load_settings(**options: object) -> Settings:
    """Read the settings and say plainly what is wrong with them.

    >>> load_settings(port=9000, host=None).port
    9000

    Args:
        options: What the command line said; None means it said nothing.

    Returns:
        The settings.

    Raises:
        InvalidInput: A value is not what it must be, or the file cannot be read.
    """
    given = {name: value for name, value in options.items() if value is not None}
    named = os.environ.get("MOVIELOOP_CONFIG")
    if named and not _at_home(Path(named)).is_file():
        raise InvalidInput("MOVIELOOP_CONFIG", f"There is no file {named}.")
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        fault = error.errors()[0]
        name = str(fault["loc"][0])
        file = config_file()
        places = f"MOVIELOOP_{name.upper()}" + (f" or the file {file}" if file else "")
        where = name if name in given else f"{name} (set by {places})"
        raise InvalidInput(where, fault["msg"].removeprefix("Value error, ")) from None
    except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"the file {config_file()}", f"It is not TOML: {error}.") from None
