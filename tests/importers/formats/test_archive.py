"""Files, folders and zips: read, or refused in plain words; nothing is unpacked."""

import io
import os
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movieloop.errors import InvalidInput
from movieloop.importers.formats import archive, sniff
from movieloop.importers.formats.archive import Bundle
from movieloop.importers.formats.containers import MOST_FILES
from tests.importers.formats.handed_in import A_FEW, RATINGS, read_or_refuse, refused
from tests.importers.importable import (
    LETTERBOXD,
    put,
    put_all,
    told,
    zip_bytes,
    zipped,
)


def test_a_missing_file_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    assert "There is no file or folder" in refused(tmp_path / "nowhere.csv")
    assert "is empty" in refused(tmp_path)


def test_a_name_no_system_allows_is_refused() -> None:
    assert "There is no file" in refused(Path("a\0b"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "There is no file" in refused(tmp_path / "pipe")
    assert "is empty" in refused(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_file_one_may_not_read_is_refused(tmp_path: Path) -> None:
    file = put(tmp_path / "ratings.csv", RATINGS)
    file.chmod(0)
    assert "cannot be read" in refused(file)


def test_a_folder_of_two_exports_is_refused(tmp_path: Path) -> None:
    put_all(tmp_path, {"a.csv": RATINGS, "b.csv": "Title,Date\nHeat,3/5/21\n"})
    assert "several exports (Letterboxd export, Netflix export)" in refused(tmp_path)


def test_a_folder_that_is_no_export_is_not_searched_for_ever(tmp_path: Path) -> None:
    put_all(tmp_path, {f"{number}.txt": "x" for number in range(MOST_FILES + 1)})
    assert "holds more than" in refused(tmp_path)


def test_hidden_files_are_left_alone(tmp_path: Path) -> None:
    put_all(tmp_path, {"a.csv": RATINGS, ".git/b.csv": RATINGS, "__MACOSX/a.csv": RATINGS})
    assert Bundle(tmp_path).names == ["a.csv"]


@pytest.mark.parametrize("name", ["../evil.csv", "/evil.csv", "a/../../evil.csv", "..\\evil.csv",
                                  "C:\\evil.csv"])  # fmt: skip
def test_a_zip_that_points_outside_is_refused(tmp_path: Path, name: str) -> None:
    archive = zipped(tmp_path / "x.zip", {"ratings.csv": RATINGS, name: RATINGS})
    assert "unsafe" in refused(archive)


def test_nothing_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    zipped(tmp_path / "x.zip", {"ratings.csv": RATINGS})
    assert told(tmp_path / "x.zip") == [("Alien (1979)", 1)]
    assert [path.name for path in tmp_path.iterdir()] == ["x.zip"]


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "x.zip", {"ratings.csv": RATINGS + "x" * 20_000_000})
    assert bomb.stat().st_size < 50_000
    assert "a zip bomb" in refused(bomb)


def test_more_than_may_be_unpacked_is_refused(tmp_path: Path) -> None:
    lines = "".join(f"2021-03-01,Film {number},1979,x,4.5\n" for number in range(9))
    file = zipped(tmp_path / "x.zip", {"r.csv": RATINGS + lines})
    with pytest.raises(InvalidInput, match="unpacks to more than"):
        list(sniff(file, most_bytes=100).rows())
    assert len(list(sniff(file).rows())) > 9


def test_a_zip_that_lies_about_its_size_gives_no_more_than_it_says(tmp_path: Path) -> None:
    honest = zip_bytes({"ratings.csv": RATINGS * 9})
    size = len(RATINGS * 9).to_bytes(4, "little")
    assert honest.count(size) == 2
    lying = honest.replace(size, len(RATINGS).to_bytes(4, "little"))
    assert "damaged" in refused(put(tmp_path / "x.zip", lying))


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    content = bytearray(zip_bytes({"ratings.csv": RATINGS}))
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in refused(put(tmp_path / "x.zip", bytes(content)))


def test_a_damaged_member_is_refused_on_the_way(tmp_path: Path) -> None:
    lines = "".join(f"2021-03-01,Film {n * n},1979,x,4.5\n" for n in range(9000))
    content = bytearray(zip_bytes({"ratings.csv": f"{LETTERBOXD},Rating\n{lines}"}))
    content[len(content) // 2] ^= 0xFF
    assert "damaged" in refused(put(tmp_path / "x.zip", bytes(content)))


@A_FEW
@given(seed=st.integers(0, 2**32))
def test_a_zip_with_random_damage_never_surprises(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", chance.choice([0, 8, 12, 14])) as archive:
        archive.writestr("ratings.csv", RATINGS * 9)
        archive.writestr("likes/films.csv", RATINGS)
    content = bytearray(buffer.getvalue())
    for _ in range(chance.randint(1, 6)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    read_or_refuse(put(tmp_path / "x", bytes(content[: chance.randint(4, len(content))])))
    read_or_refuse(put(tmp_path / "x", bytes(content)))


@given(
    lines=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=12)),
    end=st.sampled_from(["\n", "\r\n"]),
    open_ended=st.booleans(),
    block=st.integers(1, 40),
)
def test_lines_are_the_same_wherever_blocks_end(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[str],
    end: str,
    open_ended: bool,
    block: int,
) -> None:
    path = tmp_path_factory.mktemp("lines") / "some.txt"
    text = "first" + end + end.join(lines) + ("" if open_ended else end)
    path.write_bytes(text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive, "_BLOCK", block)
        patch.setattr(archive, "LONGEST_LINE", 24)
        found = list(Bundle(path).lines("some.txt"))
    raw = text.encode().split(b"\n")
    wanted = [
        None if len(line) > 24 else line.decode().rstrip("\r")
        for line in (raw if raw[-1] else raw[:-1])
    ]
    assert found == wanted
