"""What is printed of media servers: everything once, and no more than one can read."""

import pytest

from movieloop.cli.connect_show import PASTE, Kind, show_brought, show_where_to_paste
from movieloop.schemas.connections import BroughtOut


def test_ten_unclear_films_are_named_and_the_rest_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    unclear = [f"Film {number}" for number in range(13)]
    show_brought(
        BroughtOut(
            name="home", dry_run=True, films=1_300, added=2, removed=0, joined=1, unclear=unclear,
            watched={"Ada": 1_200}, new_events=0, learned=0,
        )
    )  # fmt: skip
    printed = capsys.readouterr().out
    assert printed.count("which film is it?") == 10 and "and 3 more" in printed
    assert "1,300 films: 2 would be new" in printed and "loves 1,200" in printed
    assert "Nothing was stored." in printed


@pytest.mark.parametrize("kind", Kind)
def test_every_server_has_a_place_to_paste(kind: Kind, capsys: pytest.CaptureFixture[str]) -> None:
    show_where_to_paste(kind, "home", "http://films.example/hooks/home/5e88")
    printed = capsys.readouterr().out
    assert "http://films.example/hooks/home/5e88\n" in printed
    assert PASTE[kind].split(":")[0] in printed and "connect person home" in printed
