"""Addresses of databases, and what of them is shown."""

import pytest

from movieloop.addresses import file_name, is_server, without_password


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://films:s3cret@db/m", "postgresql://films@db/m"),
        ("postgresql://films@db:5432/m?password=s3cret", "postgresql://films@db:5432/m"),
        ("postgres://u:p%40s3cret@[::1]:5432/m", "postgres://u@[::1]:5432/m"),
        ("postgresql://db", "postgresql://db"),
        ("postgresql://films:a/s3cret@db/m", "postgresql://films@db/m"),
        ("postgresql://films:a@s3cret@db/m", "postgresql://films@db/m"),
        ("postgresql://films:a#s3cret@db/m", "postgresql://films@db/m"),
        ("postgresql://films:a?s3cret@db/m", "postgresql://..."),
    ],
)
def test_a_password_is_never_shown(address, shown):
    assert is_server(address)
    assert without_password(address) == shown
    assert "s3cret" not in file_name(address)


def test_files_of_two_databases_have_two_names():
    one, other = "postgresql://films:a@db/m", "postgresql://films:a@other/m"
    assert file_name(one) != file_name(other)
    assert file_name(one) == file_name(one.replace(":a@", ":b@"))
    assert "/" not in file_name("postgresql://db/a/b")
