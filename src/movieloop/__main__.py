"""Lets `python -m movieloop` do what `movieloop` does."""

from movieloop.cli import main

if __name__ == "__main__":
    main()
