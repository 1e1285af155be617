"""Every lesson fails as it is and is solved by its solution; nothing but its text is needed."""

import doctest
import importlib.util
import io
import re
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType

import pytest

COURSE = Path(__file__).parents[1] / "course"
LESSONS = sorted(COURSE.glob("lesson_*.py"))


def loaded(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"course_{file.stem}", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def task(file: Path) -> str:
    """The function whose body is missing."""
    (name,) = re.findall(r"^def (\w+)\((?:(?!^def ).)*?^    \.\.\.$", file.read_text(), re.M | re.S)
    return str(name)


def failures(module: ModuleType) -> tuple[int, int]:
    with redirect_stdout(io.StringIO()):
        return doctest.testmod(module)


def test_there_are_eight_lessons_and_the_readme_lists_them() -> None:
    assert len(LESSONS) == 8
    listed = re.findall(r"\((lesson_\w+\.py)\)", (COURSE / "README.md").read_text())
    assert listed == [lesson.name for lesson in LESSONS]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_a_lesson_fails_until_its_function_is_written(lesson: Path) -> None:
    module = loaded(lesson)
    failed, _ = failures(module)
    assert failed
    setattr(module, task(lesson), getattr(loaded(COURSE / "solutions.py"), task(lesson)))
    failed, attempted = failures(module)
    assert failed == 0 and attempted >= 3


def test_a_lesson_says_how_far_one_is(tmp_path: Path) -> None:
    for file in COURSE.glob("*.py"):
        (tmp_path / file.name).write_text(file.read_text())
    lesson = tmp_path / "lesson_1_distance.py"

    def run() -> tuple[int, str]:
        command = [sys.executable, str(lesson)]
        said = subprocess.run(command, capture_output=True, text=True, check=False)
        return said.returncode, said.stdout

    code, said = run()
    assert code == 1 and "0 of 3 examples are right" in said
    answer = "return sum(abs(x - y) for x, y in zip(a, b, strict=True))"
    lesson.write_text(lesson.read_text().replace("    ...\n", f"    {answer}\n"))
    code, said = run()
    assert code == 0 and "Next: python course/lesson_2_nearest.py" in said
