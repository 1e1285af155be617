"""Whatever a text was written in, it is told, or read in the code page one asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movieloop.importers.formats.text import CODE_PAGES, encoding_of, reader_of

TABLES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=80).map(
    lambda text: f"Title,Date\nAlien,2021-03-05\nHeat,2021-03-06\n{text}\n"
)


@given(TABLES)
def test_unicode_tells_itself(text: str) -> None:
    assert encoding_of(text.encode("utf-8")) == "utf-8"
    assert encoding_of(text.encode("utf-8-sig")) == "utf-8"
    for name in ("utf-16-le", "utf-16-be"):
        assert encoding_of(("\ufeff" + text).encode(name)) == name


def test_utf_16_without_its_mark_is_seen_by_its_zeros() -> None:
    for name in ("utf-16-le", "utf-16-be"):
        assert encoding_of('[{"rated_at": "2024"}]'.encode(name)) == name


def test_a_letter_cut_in_two_by_the_end_of_the_sample_is_no_fault() -> None:
    assert encoding_of("Amélie".encode()[:3]) == "utf-8"


@pytest.mark.parametrize("page", CODE_PAGES)
def test_every_code_page_is_read_as_asked(page: str) -> None:
    noted: list[int] = []
    read = reader_of(page, lambda: noted.append(1))
    assert read(b"Alien") == "Alien" and noted == []
    text = {"cp1251": "Сталкер", "cp1253": "Κυνόδοντας", "cp1255": "ואלס", "cp1256": "مدينة"}.get(
        page, "七人" if page in ("cp932", "gb18030", "big5") else "한국" if page == "cp949" else "é"
    )
    if page != "gb18030":  # some of its bytes are UTF-8 too
        assert read(text.encode(page)) == text and noted == [1]


@given(st.binary(max_size=50))
def test_no_bytes_fail(raw: bytes) -> None:
    assert isinstance(reader_of("cp1252")(raw), str)
    assert encoding_of(raw) in ("", "utf-8", "utf-16-le", "utf-16-be")
