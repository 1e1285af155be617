"""What people are called: one spelling each, nothing invisible."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movieloop.data.user_ids import canonical, is_canonical
from movieloop.errors import InvalidInput


@pytest.mark.parametrize(
    "name", ["ada", "Ada Lovelace", "ольга", "李小龍", "😀", "o'neil", "a" * 128]
)
def test_ordinary_names_stay_as_they_are(name: str) -> None:
    assert canonical(name) == name
    assert is_canonical(name)


@pytest.mark.parametrize("name", ["café", "Zoë", "Ångström", "가나", "ệ"])
def test_two_spellings_are_one_name(name: str) -> None:
    apart = unicodedata.normalize("NFD", name)
    assert apart != unicodedata.normalize("NFC", name)
    assert canonical(apart) == canonical(name) == unicodedata.normalize("NFC", name)
    assert not is_canonical(apart)


@pytest.mark.parametrize("name", [" ", "ada ", " ada"])
def test_spaces_at_the_edge_are_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match="space"):
        canonical(name)
    assert not is_canonical(name)


@pytest.mark.parametrize("code", [0x34F, 0x115F, 0x17B4, 0x180B, 0x3164, 0xFE0F, 0xFFA0, 0xE0041])
def test_what_is_not_shown_is_refused_by_its_number(code: int) -> None:
    with pytest.raises(InvalidInput, match=f"U\\+{code:04X}"):
        canonical(f"ad{chr(code)}a")


def test_a_name_that_grows_too_long_is_refused() -> None:
    assert len(canonical("\u0958" * 64)) == 128
    with pytest.raises(InvalidInput, match="128"):
        canonical("\u0958" * 65)


@given(st.text(min_size=1, max_size=40))
def test_the_one_way_stays_the_one_way(name: str) -> None:
    try:
        written = canonical(name)
    except InvalidInput:
        return
    assert canonical(written) == written
    assert is_canonical(written)
