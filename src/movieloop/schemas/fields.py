"""The values bodies are made of, and their rules: the same over HTTP and in Python."""

from typing import Annotated, Literal

from pydantic import (
    BeforeValidator,
    Field,
    TypeAdapter,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from movieloop.errors import InvalidInput

# Printable: no control, format, private or line-breaking characters, no exotic spaces.
PRINTABLE = (
    r"^[^\x00-\x1f\x7f-\xa0\xad\u0600-\u0605\u061c\u06dd\u070f\u1680\u180e\u2000-\u200f"
    r"\u2028-\u202f\u205f-\u206f\u3000\ue000-\uf8ff\ufeff\ufff0-\uffff]{1,128}$"
)
Source = Literal["start", "search", "import", "list", "rows", "map", "similar", "film", "watchlist"]
MAX_ID = 2**53 - 1  # the largest integer every JSON reader keeps


def _said_plainly(value: object, check: ValidatorFunctionWrapHandler) -> object:
    """Say what a user id must be in words; the pattern is for machines."""
    try:
        return check(value)
    except ValidationError:
        raise ValueError("It must be 1 to 128 printable characters") from None


UserId = Annotated[
    str,
    Field(
        min_length=1,
        max_length=128,
        pattern=PRINTABLE,
        description="Who: 1 to 128 printable characters of your choice, no space at either end; "
        "two spellings that look the same (Unicode's NFC and NFD) are one person.",
        examples=["ada"],
    ),
    WrapValidator(_said_plainly),
]
MovieId = Annotated[
    int,
    Field(strict=True, ge=1, le=MAX_ID, description="The movie's number.", examples=[133093]),
]
MovieName = Annotated[
    str,
    Field(
        min_length=1,
        max_length=300,
        description='A title, "Titanic" or "Titanic (1997)". An ambiguous one means the best '
        "known film of that name; the answer says which.",
        examples=["The Matrix"],
    ),
]


def _exactly_a_rating(value: object) -> object:
    """Refuse True, 1.0 and "1", which Python and Pydantic would take for 1."""
    if value is None or (type(value) is int and value in (0, 1)):
        return value
    raise ValueError("It must be 1 (like), 0 (dislike) or null (seen)")


RatingValue = Annotated[
    Annotated[int, Field(json_schema_extra={"enum": [1, 0]})] | None,
    BeforeValidator(_exactly_a_rating),
    Field(description="1 like, 0 dislike, null seen without an opinion.", examples=[1, 0, None]),
]


Distance = Annotated[float, Field(ge=0, description="Manhattan distance, lower = better.")]
Interval = tuple[float, float]

_USER_ID: TypeAdapter[str] = TypeAdapter(UserId)
_RATING: TypeAdapter[int | None] = TypeAdapter(RatingValue)


def checked_user_id(user_id: str) -> str:
    """Refuse a user id that is empty, too long or not printable.

    >>> checked_user_id("ada")
    'ada'

    Args:
        user_id: The id as given.

    Returns:
        The same id.

    Raises:
        InvalidInput: It is not 1 to 128 printable characters.
    """
    try:
        return _USER_ID.validate_python(user_id)
    except ValidationError:
        raise InvalidInput("user_id", "It must be 1 to 128 printable characters.") from None


def checked_rating(rating: object) -> int | None:
    """Refuse a rating that is not exactly 1, 0 or None.

    >>> checked_rating(1)
    1

    Args:
        rating: The rating as given.

    Returns:
        The same rating.

    Raises:
        InvalidInput: It is anything else; True, 1.0 and "1" are no ratings either.
    """
    try:
        return _RATING.validate_python(rating)
    except ValidationError:
        raise InvalidInput("rating", "It must be 1 (like), 0 (dislike) or null (seen).") from None
