"""The pages of the documentation site, made of what stands in the repository.

    python tools/site.py            # writes build/pages; `make docs` builds the site of them

The README becomes the first page; the commands tell their own help, the OpenAPI document its
routes; the lesson and `taste.py` are shown as they are. What is not on the site is named, not
linked.
"""

import json
import os
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
os.environ |= {"COLUMNS": "96", "TERM": "dumb", "NO_COLOR": "1"}
from typer.testing import CliRunner  # noqa: E402 - after COLUMNS

from movieloop.cli import app  # noqa: E402 - after COLUMNS

KEPT = ROOT / "docs" / "openapi.json"
PAGES = ROOT / "build" / "pages"
COPIED = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "course/README.md": "course.md",
}
SHOWN = {
    "movie_recommendation_lesson6.py": ("lesson.md", "The lesson"),
    "src/movieloop/taste.py": ("taste.md", "The idea"),
}
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)\s]+)\)")
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")


def main() -> None:
    """Write all pages."""
    shutil.rmtree(PAGES, ignore_errors=True)
    shutil.copytree(ROOT / "docs", PAGES)
    for page in PAGES.glob("*.md"):
        page.write_text(linked(page.read_text(), f"docs/{page.name}"))
    for source, name in COPIED.items():
        (PAGES / name).write_text(linked((ROOT / source).read_text(), source))
    for source, (name, title) in shown().items():
        code = (ROOT / source).read_text()
        (PAGES / name).write_text(f"# {title}\n\n`{source}`\n\n```python\n{code}```\n")
    (PAGES / "cli.md").write_text(commands())
    (PAGES / "api.md").write_text(routes(json.loads(KEPT.read_text())))
    print(f"wrote {len(list(PAGES.glob('*.md')))} pages to {PAGES.relative_to(ROOT)}")


@cache
def shown() -> dict[str, tuple[str, str]]:
    """List the files that are shown as they are.

    Returns:
        Their pages and titles.
    """
    lessons = {
        f"course/{file.name}": (f"{file.stem.replace('_', '-')}.md", title_of(file.read_text()))
        for file in sorted((ROOT / "course").glob("lesson_*.py"))
    }
    return SHOWN | lessons


def title_of(code: str) -> str:
    """Read the title of a lesson.

    >>> title_of('"Lesson 1: distance.')
    'Lesson 1: distance'

    Args:
        code: The file.

    Returns:
        Its first line.
    """
    return code.splitlines()[0].strip('"').rstrip(".")


def linked(text: str, source: str) -> str:
    """Let links lead to pages of the site.

    >>> linked("[speed](docs/speed.md#x), [the page](src/movieloop/web/README.md)", "README.md")
    '[speed](speed.md#x), the page (`src/movieloop/web/README.md`)'
    >>> linked("the [README](../README.md)", "docs/architecture.md")
    'the [README](index.md)'

    Args:
        text: A page in Markdown.
        source: Where it stands in the repository.

    Returns:
        The page; what is not on the site is named instead.
    """
    folder = Path(source).parent

    def link(found: re.Match[str]) -> str:
        words, target = found[1], found[2]
        if target.startswith(("https://", "http://", "#", "mailto:")):
            return found[0]
        path, _, anchor = target.partition("#")
        named = os.path.normpath(folder / path)
        page = _page_of(named)
        if page is None:
            name = words.strip("`")
            return f"`{named}`" if name == named else f"{words} (`{named}`)"
        return f"[{words}]({page}{'#' + anchor if anchor else ''})"

    def image(found: re.Match[str]) -> str:
        return f"![{found[1]}]({os.path.normpath(folder / found[2]).removeprefix('docs/')})"

    return _IMAGE.sub(image, _LINK.sub(link, text))


def _page_of(named: str) -> str | None:
    """Find the page of a file of the repository."""
    if named in COPIED:
        return COPIED[named]
    if named in (files := shown()):
        return files[named][0]
    file = Path(named)
    if file.parts[:1] == ("docs",) and (ROOT / file).is_file():
        return file.relative_to("docs").as_posix()
    return None


def commands() -> str:
    """Write what every command says of itself.

    Returns:
        A page.
    """
    said = ["# Command line\n", "What `movieloop COMMAND --help` prints.\n"]
    names: list[tuple[str, ...]] = [()]
    for command in app.registered_commands:
        assert command.callback is not None
        names.append((command.name or command.callback.__name__.replace("_", "-"),))
    for group in app.registered_groups:
        assert group.typer_instance is not None
        for command in group.typer_instance.registered_commands:
            assert command.callback is not None
            names.append((str(group.name), command.name or command.callback.__name__))
    for name in names:
        answer = CliRunner().invoke(app, [*name, "--help"])
        if answer.exit_code:
            raise SystemExit(f"movieloop {' '.join(name)} --help: {answer.output}")
        heading = " ".join(("movieloop", *name))
        said.append(f"## {heading}\n\n```text\n{answer.output.strip()}\n```\n")
    return "\n".join(said)


def routes(document: dict[str, Any]) -> str:
    """Write what can be asked over HTTP.

    Args:
        document: The OpenAPI document.

    Returns:
        A page.
    """
    said = [
        "# All routes\n",
        "From [openapi.json](openapi.json); `/docs` on your own server lets you try them. Every "
        "refusal is `application/problem+json`.\n",
    ]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            said.append(f"## {method.upper()} {path}\n\n{operation['description']}\n")
            parameters = operation.get("parameters", [])
            if parameters:
                said.append("| parameter | in | |\n|---|---|---|")
                said += [
                    f"| `{one['name']}` | {one['in']} | {' '.join(one['description'].split())} |"
                    for one in parameters
                ]
                said.append("")
            statuses = ", ".join(operation["responses"])
            said.append(f"Answers: {statuses}.\n")
    return "\n".join(said)


if __name__ == "__main__":
    main()
