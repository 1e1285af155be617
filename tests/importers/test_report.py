"""A report accounts for every row; the films most rows are about come first."""

from movieloop.importers.formats import BadRow, FilmFacts
from movieloop.importers.report import SHOWN, SUGGESTED, Tally, import_out


def test_films_most_rows_are_about_come_first_and_only_they_get_suggestions() -> None:
    tally, asked = Tally("test"), []
    for number in range(SUGGESTED + 50):
        tally.unmatched(FilmFacts(f"title:{number}", f"Film {number}", 2000))
    for _ in range(3):
        tally.unmatched(FilmFacts("title:777", "Often", 1999))

    def suggest(film: FilmFacts) -> tuple[str, ...]:
        asked.append(film.title)
        return (f"{film.title}?",)

    report = tally.report(seconds=0, dry_run=True, suggest=suggest)
    first = report.unmatched[0]
    assert (first.film, first.rows, first.candidates) == ("Often (1999)", 3, ("Often?",))
    assert len(asked) == SUGGESTED
    assert len(report.unmatched) == SUGGESTED + 51
    assert report.unmatched[-1].candidates == ()


def test_only_the_first_bad_rows_are_kept_but_all_are_counted() -> None:
    tally = Tally("test")
    for line in range(SHOWN + 5):
        tally.bad(BadRow(line, "no date"))
    told = import_out(tally.report(seconds=0, dry_run=False))
    assert told.bad == SHOWN + 5
    assert told.bad_rows == [f"line {line}: no date" for line in range(SHOWN)]


def test_reasons_are_counted_the_most_frequent_first() -> None:
    tally = Tally("test")
    for reason in ("a series", "a wish", "a series"):
        tally.skip(reason)
    told = import_out(tally.report(seconds=0, dry_run=False))
    assert list(told.skipped.items()) == [("a series", 2), ("a wish", 1)]


def test_a_film_of_several_is_told_with_all_it_may_mean() -> None:
    tally = Tally("test")
    for _ in range(2):
        tally.ambiguous(FilmFacts("title:dune", "Dune"), ("Dune (1984)", "Dune (2021)"))
    (film,) = import_out(tally.report(seconds=0, dry_run=False)).ambiguous
    assert (film.film, film.rows, len(film.candidates)) == ("Dune", 2, 2)
