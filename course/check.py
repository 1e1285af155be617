"""Runs the examples of a lesson and says how far you are."""

import doctest
import sys
from pathlib import Path
from types import ModuleType


def check(module: ModuleType) -> int:
    """Run a lesson's examples and say how many are right.

    Args:
        module: The lesson.

    Returns:
        The exit code: 0 if all are right.
    """
    result = doctest.testmod(module, optionflags=doctest.REPORT_ONLY_FIRST_FAILURE)
    right = result.attempted - result.failed
    print(f"{right} of {result.attempted} examples are right.")
    if result.failed:
        print("The first one that is not stands above. Mend the function and run this again.")
        return 1
    lessons = sorted(Path(__file__).parent.glob("lesson_*.py"))
    later = [one for one in lessons if one.name > Path(str(module.__file__)).name]
    print(f"Solved. Next: python course/{later[0].name}" if later else "Solved, all of them.")
    return 0


def run() -> None:
    """Check the lesson that was started, and stop."""
    sys.exit(check(sys.modules["__main__"]))
