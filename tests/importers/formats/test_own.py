"""movieloop's own export comes back as it was: opinions, order and times to the millisecond."""

from pathlib import Path

from movieloop import MovieLoop
from movieloop.importers import import_history
from movieloop.importers.formats import sniff
from tests.importers.importable import bad, put
from tests.opinions import OPINIONS, tell


def test_a_round_trip_loses_nothing(loop: MovieLoop, tmp_path: Path) -> None:
    given = tell(loop, "ada", *OPINIONS)
    loop.undo(given[2])
    export = loop.users.export("ada")
    file = put(tmp_path / "ada.json", export.model_dump_json())
    assert sniff(file).format == "movieloop export"
    with MovieLoop.open(tmp_path / "other.db") as other:
        report = import_history(other, file, "eve")
        assert (report.read, report.imported, report.bad) == (6, 6, 0)
        assert report.uncertain == ()
        back = other.users.export("eve")
        again = import_history(other, file, "eve")
    said = [[(i.title, i.rating, i.created_at) for i in e.feedback] for e in (export, back)]
    assert said[0] == said[1]
    assert back.profile == export.profile
    assert (again.imported, again.already_there) == (0, 6)


def test_entries_that_make_no_sense_are_bad_rows(tmp_path: Path) -> None:
    entries = '[{"title": "Alien", "rating": 7}, {"rating": 1}, 5, {"title": "Heat", "rating": 1}]'
    file = put(tmp_path / "x.json", f'{{"user_id": "ada", "feedback": {entries}}}')
    assert [line for line, _ in bad(file)] == [1, 2, 3]
