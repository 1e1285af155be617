"""The films that come with the program, read once a file."""

import pytest

from movieloop.data import Catalog, packaged_films


@pytest.fixture(scope="module")
def packaged() -> Catalog:
    """The films that come with the program."""
    return Catalog(packaged_films()[0])
