"""Files of RecBole: what they say, and what makes no sense in them."""

from pathlib import Path

from movieloop.importers.formats import sniff
from tests.importers.importable import (
    RECBOLE,
    put_all,
    told,
)


def test_recbole(tmp_path: Path) -> None:
    dataset = sniff(put_all(tmp_path / "ml", RECBOLE))
    assert (dataset.name, dataset.format) == ("ml", "RecBole")
    assert told(tmp_path / "ml") == [("The Usual Suspects (1995)", None), ("Toy Story (1995)", 1)]
