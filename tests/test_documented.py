"""Everything public says what it is for: to people, to /docs and to `--help`."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, NoReturn

import pytest
import typer

import movieloop
from movieloop import MovieLoop, MovieLoopError, errors
from movieloop.api import create_app
from movieloop.cli import app as program
from movieloop.settings import Settings

MODULES = [
    importlib.import_module(found.name)
    for found in pkgutil.walk_packages(movieloop.__path__, "movieloop.")
    if not found.name.endswith("__main__")
]
# A novice reads these, so an example of each function runs in them or beside them.
TAUGHT = [
    importlib.import_module(f"movieloop.{name}")
    for name in (
        "api.problems", "data.catalog", "data.feedback", "data.interactions", "model.embeddings",
        "model.fold_in", "model.leave_one_out", "recommender.answers", "recommender.snapshot",
        "recommender.top_n", "schemas.fields", "settings", "store.api_keys", "taste",
    )
]  # fmt: skip
OPERATIONS = [
    pytest.param(has, id=f"{method.upper()} {path}")
    for path, methods in create_app(lambda: MovieLoop.open(":memory:")).openapi()["paths"].items()
    for method, has in methods.items()
]
PROGRAM = typer.main.get_command(program)
COMMANDS, START = PROGRAM.commands, PROGRAM.callback  # type: ignore[attr-defined]


def own(holder: Any) -> Iterator[tuple[str, Any]]:
    """Give the public members a module or a class defines itself."""
    module = holder if isinstance(holder, ModuleType) else inspect.getmodule(holder)
    for name, member in vars(holder).items():
        thing = member.__func__ if isinstance(member, classmethod | staticmethod) else member
        thing = getattr(thing, "fget", None) or getattr(thing, "func", None) or thing
        public = not name.startswith("_") and (inspect.isclass(thing) or inspect.isfunction(thing))
        if public and thing.__module__ == module.__name__:
            yield f"{holder.__name__.removeprefix('movieloop.')}.{name}", member


def everything() -> Iterator[Any]:
    """Give every public class, function, method and property as a test parameter."""
    for module in MODULES:
        for name, member in own(module):
            yield pytest.param(member, id=name)
            if inspect.isclass(member):
                for inner, method in own(member):
                    yield pytest.param(method, id=inner)


def functions() -> Iterator[Any]:
    """Give every public function and method that people call from Python."""
    for module in MODULES:
        for name, member in own(module):
            if inspect.isclass(member):
                for inner, method in own(member):
                    function = getattr(method, "__func__", method)
                    if inspect.isfunction(function) and not inherits(member, function.__name__):
                        yield pytest.param(function, id=inner)
            elif not told_elsewhere(member):
                yield pytest.param(member, id=name)


def inherits(cls: type, name: str) -> bool:
    """Whether a method keeps a promise that one of the class's bases makes and describes."""
    return any(name in vars(base) for base in cls.__mro__[1:])


def told_elsewhere(thing: Callable[..., Any]) -> bool:
    """Whether the docstring is the text of an HTTP route or of a command's help."""
    routes = [has.values[0]["operationId"] for has in OPERATIONS]
    if thing.__module__.startswith("movieloop.api."):
        return thing.__name__ in routes
    commands = [
        command.callback
        for group in (COMMANDS, *(getattr(one, "commands", {}) for one in COMMANDS.values()))
        for command in group.values()
        if command.callback
    ]
    shown = {inspect.unwrap(command).__name__ for command in [*commands, START]}
    return thing.__module__.startswith("movieloop.cli.") and thing.__name__ in shown


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_module_says_what_it_is_for(module: ModuleType) -> None:
    assert inspect.getdoc(module)


@pytest.mark.parametrize("thing", list(everything()))
def test_everything_public_has_a_docstring(thing: Any) -> None:
    assert thing.__doc__ and thing.__doc__.strip()


@pytest.mark.parametrize("function", list(functions()))
def test_a_docstring_tells_what_goes_in_and_what_comes_out(function: Callable[..., Any]) -> None:
    signature, said = inspect.signature(function), inspect.getdoc(function) or ""
    for name in signature.parameters:
        if name not in ("self", "cls"):
            assert "Args:" in said
            assert f"\n    {name}:" in said.partition("Args:")[2], name
    assert signature.return_annotation is not inspect.Signature.empty
    if signature.return_annotation not in (None, NoReturn):
        assert "Returns:" in said or "Yields:" in said
    else:
        assert "Returns:" not in said


@pytest.mark.parametrize("module", TAUGHT, ids=lambda module: module.__name__)
def test_what_a_novice_reads_has_examples_that_run(module: ModuleType) -> None:
    beside = ">>>" in (module.__doc__ or "")
    for name, member in own(module):
        if inspect.isfunction(member):
            assert ">>>" in (member.__doc__ or "") or beside, f"{name} has no example"


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_route_is_described(operation: dict[str, Any]) -> None:
    assert operation["summary"] and operation["description"].strip()
    assert operation["tags"]
    for parameter in operation.get("parameters", []):
        assert parameter["description"], parameter["name"]
    for status, answer in operation["responses"].items():
        assert answer["description"], status


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_described_and_can_be_given_to_serve(name: str) -> None:
    assert Settings.model_fields[name].description
    options = {parameter.name: parameter for parameter in COMMANDS["serve"].params}
    assert options[name].help  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_each_of_its_options_has_a_help(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    for parameter in command.params:
        assert parameter.help, parameter.name  # type: ignore[attr-defined]


def test_all_is_sorted_and_true() -> None:
    assert movieloop.__all__ == sorted(movieloop.__all__)
    public = {
        name
        for name, member in vars(movieloop).items()
        if not name.startswith("_") and not inspect.ismodule(member)
    }
    assert set(movieloop.__all__) == public | {"__version__"}


def test_every_error_is_exported_and_stands_in_the_tree() -> None:
    tree = (errors.__doc__ or "").splitlines()
    ours = [member for _, member in own(errors)]
    assert len(ours) > 1
    for error in ours:
        assert issubclass(error, MovieLoopError)
        assert getattr(movieloop, error.__name__) is error
        line = next(line for line in tree if error.__name__ in line.split())
        if error is not MovieLoopError:
            assert str(error.status) in line.split()
            depth = len(error.__mro__) - len(MovieLoopError.__mro__)
            assert line.index(error.__name__) == 4 * (depth + 1)
