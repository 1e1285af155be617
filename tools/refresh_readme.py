"""Run the examples of README.md and write what they print into it, so that they stay true.

    python tools/refresh_readme.py            # after the points or the output have changed
    python tools/refresh_readme.py --check    # exit 1 if the README no longer tells the truth

Every line `$ movieloop ...` of a console block is run, one after the other on one new
database; what it prints replaces the lines below it. A python block is run too; its output
replaces the text block that follows it.

requires: movieloop itself (`pip install -e .`)
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
WIDTH = "92"


def run(command: list[str], folder: Path) -> str:
    """Run one command in a folder of its own and give what it printed.

    Args:
        command: The program and its arguments.
        folder: Where to run it; the database is there too.

    Returns:
        The output, without blanks at the ends of lines.
    """
    environment = {
        **os.environ,
        "MOVIELOOP_DATABASE": str(folder / "readme.db"),
        "COLUMNS": WIDTH,
        "NO_COLOR": "1",
    }
    printed = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=True
    ).stdout
    return "\n".join(line.rstrip() for line in printed.strip("\n").splitlines())


def console(block: str, folder: Path) -> str:
    """Renew a console block: run each `$ movieloop` line, keep the output of all others.

    Args:
        block: The block's text.
        folder: Where to run the commands.

    Returns:
        The block as it should be.
    """
    renewed = []
    for part in re.split(r"^(?=\$ )", block, flags=re.MULTILINE):
        command, _, _ = part.partition("\n")
        if command.startswith("$ movieloop "):
            words = re.findall(r'"([^"]*)"|(\S+)', command.removeprefix("$ movieloop "))
            program = [
                sys.executable,
                "-m",
                "movieloop",
                *(quoted or word for quoted, word in words),
            ]
            renewed.append(f"{command}\n{run(program, folder)}\n\n")
        else:
            renewed.append(part)
    return "".join(renewed).rstrip("\n") + "\n"


def renew(text: str) -> str:
    """Give the README with the output its examples print today.

    Args:
        text: The README.

    Returns:
        The README as it should be.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = re.sub(
            r"(?<=```console\n)(.*?)(?=```)",
            lambda match: console(match[1], folder),
            text,
            flags=re.DOTALL,
        )

        def python(match: re.Match[str]) -> str:
            printed = run([sys.executable, "-c", match[2]], folder)
            return f"{match[1]}{match[2]}{match[3]}{printed}\n```"

        return re.sub(
            r"(```python\n)([^`]*?)(```\s*```text\n).*?```", python, text, flags=re.DOTALL
        )


def main() -> int:
    """Renew the README, or check it.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(description="Keep the examples of README.md true.")
    parser.add_argument("--check", action="store_true", help="write nothing, compare only")
    options = parser.parse_args()
    old = README.read_text(encoding="utf-8")
    new = renew(old)
    if options.check and new != old:
        print("README.md shows old output. Run: python tools/refresh_readme.py", file=sys.stderr)
        return 1
    if not options.check:
        README.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
