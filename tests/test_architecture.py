"""The picture in docs/architecture.md is what `make lint` checks, and every folder is explained."""

import re
import tomllib
from pathlib import Path

import movieloop

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "movieloop"
PICTURE = ROOT / "docs" / "architecture.md"


def layers() -> list[list[str]]:
    """What import-linter is told, the top layer first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contract = settings["tool"]["importlinter"]["contracts"][0]
    assert contract["type"] == "layers" and contract["exhaustive"]
    return [re.split(r" \| ", layer) for layer in contract["layers"]]


def test_the_picture_shows_the_layers_that_are_checked() -> None:
    block = re.search(r"```\n(cli .*?)```", PICTURE.read_text(), re.DOTALL)
    assert block is not None
    drawn = [re.split(r"\s{2,}", line)[0].split(" | ") for line in block[1].splitlines()]
    assert drawn == layers()
    assert len(PICTURE.read_text().splitlines()) <= 120


def test_every_part_of_the_package_stands_in_a_layer() -> None:
    parts = {
        path.stem
        for path in PACKAGE.iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").exists())
        and not path.stem.startswith("__")
    }
    assert parts == {name for layer in layers() for name in layer}


def test_the_top_of_the_package_stays_small() -> None:
    files = sorted(path.name for path in PACKAGE.iterdir() if path.is_file())
    assert files == [
        "__init__.py", "__main__.py", "addresses.py", "errors.py", "py.typed", "settings.py",
        "taste.py",
    ]  # fmt: skip


def test_the_package_has_a_line_for_every_folder() -> None:
    for path in PACKAGE.iterdir():
        if path.is_dir() and not path.name.startswith("__"):
            assert re.search(rf"^    {path.name}/ +\S", movieloop.__doc__ or "", re.MULTILINE), path


def test_the_tests_stand_in_the_folders_of_what_they_test() -> None:
    tests = Path(__file__).parent
    for path in tests.rglob("test_*.py"):
        folder = path.parent.relative_to(tests)
        assert (PACKAGE / folder).is_dir(), f"{path} tests no folder of the package"


def test_every_module_with_logic_has_a_test_file_of_its_name() -> None:
    tests = Path(__file__).parent
    for path in PACKAGE.rglob("*.py"):
        module = path.relative_to(PACKAGE)
        if path.stem.startswith("__") or module.parts[0] == "schemas":
            continue
        assert (tests / module.parent / f"test_{path.name}").exists(), f"{module} has no tests"
