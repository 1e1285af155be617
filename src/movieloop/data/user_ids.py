r"""What people are called: one spelling for each, nothing in it that cannot be seen.

Unicode can write "café" with one letter é or with an e and an accent; on a screen they are the
same. So names are put into the form NFC (Unicode Standard Annex 15), which makes them one person,
and what no reader could tell apart - a space at the end, characters that are not shown - is
refused.

>>> canonical("cafe\u0301") == "caf\u00e9"
True
"""

import re
import unicodedata

from movieloop.errors import InvalidInput

LONGEST = 128  # characters
# Unicode 16, DerivedCoreProperties.txt: Default_Ignorable_Code_Point.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def is_canonical(user_id: str) -> bool:
    r"""Tell whether an id is written the one way.

    >>> is_canonical("ada"), is_canonical("ada "), is_canonical("cafe\u0301")
    (True, False, False)

    Args:
        user_id: The id as given.

    Returns:
        Whether `canonical` gives the same.
    """
    try:
        return canonical(user_id) == user_id
    except InvalidInput:
        return False


def canonical(user_id: str) -> str:
    """Write the id of somebody new the one way.

    Args:
        user_id: The id as given, 1 to 128 printable characters.

    Returns:
        The same in NFC.

    Raises:
        InvalidInput: It begins or ends with a space, holds a character that is not shown, or is
            longer than 128 characters in NFC.
    """
    if user_id != user_id.strip():
        raise InvalidInput("user_id", "It must not begin or end with a space.")
    if user_id.isascii():
        return user_id
    invisible = _INVISIBLE.search(user_id)
    if invisible:
        code = f"U+{ord(invisible[0]):04X}"
        raise InvalidInput("user_id", f"It must not hold the character {code}, which is not shown.")
    written = unicodedata.normalize("NFC", user_id)
    if len(written) > LONGEST:
        raise InvalidInput("user_id", f"It must be {LONGEST} characters or fewer in the form NFC.")
    return written
