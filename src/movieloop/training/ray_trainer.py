"""Training on Ray: members run on whatever processors a cluster has.

`pip install 'movieloop[ray]'`. The log is put into Ray's shared memory once a machine, and each
member - a voice, a plan that is tried - is a task of one processor. A worker that dies has its
member trained again by another one. On a cluster of this machine the files a training goes on
from after a kill work as they do without Ray; elsewhere it begins again. What comes out is the same
to the last bit, whoever trained it, as long as the machines compute alike.

Ray tells its makers nothing about its use here, and asks for a token (`RAY_AUTH_TOKEN`) unless
`RAY_AUTH_MODE` says otherwise: a cluster of strangers would run whatever code they like.

https://docs.ray.io/en/latest/ray-core/walkthrough.html
"""

import os
import secrets
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any

from movieloop.data.interactions import RatingLog
from movieloop.errors import InvalidInput, ServiceError
from movieloop.taste import Matrix
from movieloop.training.members import Member, Shares, Trainer
from movieloop.training.train import Progress, Trained

if TYPE_CHECKING:
    from ray.actor import ActorHandle

LOOK_EVERY = 1.0  # seconds between two looks at what workers tell
_QUIET: Any = {"log_to_driver": False, "logging_level": "ERROR"}
_PATIENCE = 5.0  # seconds for a cluster to answer at all
_RETRIES = 3  # of a member whose worker died


@contextmanager
def ray_trainer(address: str | None = None, *, workers: int | None = None) -> Iterator[Trainer]:
    """Reach a cluster, or start one of this machine, for as long as a block runs.

    Args:
        address: Of the cluster's head, host:port, or `auto` for the one that runs here; None to
            start one of this machine's processors, which ends with the block.
        workers: Processors of the one that is started; as many as there are if None.

    Yields:
        Trains members there.

    Raises:
        InvalidInput: Ray is not installed.
        ServiceError: The cluster does not answer, or has another version of Python or movieloop.
    """
    if find_spec("ray") is None:
        raise InvalidInput(
            "engine", "Ray is missing. Install it with: pip install 'movieloop[ray]'"
        )
    if "ray" not in sys.modules:  # it reads these when it is imported
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        mode = os.environ.setdefault("RAY_AUTH_MODE", "token")
        if address is None and mode == "token":
            os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))
    import ray  # noqa: PLC0415 - an extra

    if address is not None:
        _refuse_silence(address)
    try:
        with _said(ray, ConnectionError, RuntimeError, ValueError):
            if address is None:
                processors = workers or os.cpu_count()
                ray.init("local", num_cpus=processors, include_dashboard=False, **_QUIET)
            else:
                ray.init(address, **_QUIET)
            _refuse_others(ray)
        yield partial(_train, ray, keeps=address is None)
    finally:
        ray.shutdown()


def _refuse_silence(address: str) -> None:
    """Refuse an address where nothing listens: Ray itself would wait for minutes."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if not host:  # "auto"
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE).close()
    except (OSError, ValueError, OverflowError) as error:
        raise ServiceError(
            f"No Ray cluster answers at {address!r}: {error}. Start one with 'ray start --head', "
            "or leave the address out to use this machine."
        ) from error


@contextmanager
def _said(ray: ModuleType, *more: type[Exception]) -> Iterator[None]:
    """Say what Ray says in one line."""
    try:
        yield
    except (ray.exceptions.RayError, *more) as error:
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ServiceError(f"Ray does not train: {first}") from error


def _refuse_others(ray: ModuleType) -> None:
    """Refuse workers that have another movieloop than we have, or none."""

    def installed() -> str | None:
        from importlib import metadata  # noqa: PLC0415 - runs elsewhere

        try:
            return metadata.version("movieloop")
        except metadata.PackageNotFoundError:
            return None

    ours, theirs = installed(), ray.get(ray.remote(installed).options(num_cpus=0).remote())
    if theirs is None:
        raise ServiceError(
            "The Ray cluster has no movieloop: install it on all of its machines, the same as here."
        )
    if theirs != ours:
        raise ServiceError(
            f"The Ray cluster has movieloop {theirs}, here is {ours}: install the same on both."
        )


def _work(
    member: Member,
    log: RatingLog,
    features: Matrix | None,
    board: "ActorHandle[_Board]",
    number: int,
) -> Trained:
    """Train one member in a worker."""
    import numba  # noqa: PLC0415 - compiled, so on demand

    numba.set_num_threads(1)  # which is what a task is given
    told = 0.0

    def tell(share: float, loss: float) -> None:
        nonlocal told
        if time.monotonic() - told >= LOOK_EVERY:
            told = time.monotonic()
            board.tell.remote(number, share, loss)

    return replace(member, log=log, features=features).train(tell)


class _Board:
    """Where workers write how far they are."""

    def __init__(self) -> None:
        self._told: dict[int, tuple[float, float]] = {}

    def tell(self, member: int, share: float, loss: float) -> None:
        self._told[member] = (share, loss)

    def read(self) -> dict[int, tuple[float, float]]:
        told, self._told = self._told, {}
        return told


def _train(
    ray: ModuleType, members: Sequence[Member], progress: Progress | None = None, *, keeps: bool
) -> list[Trained]:
    """Train members on the cluster; `keeps` tells whether workers see our files."""
    shares = Shares(len(members), progress)
    done: dict[int, Trained] = {}
    shared: dict[int, object] = {}

    def put(thing: object) -> object:
        if id(thing) not in shared:
            shared[id(thing)] = ray.put(thing)
        return shared[id(thing)]

    board = ray.remote(_Board).options(num_cpus=0).remote()
    work = ray.remote(_work).options(num_cpus=1, max_retries=_RETRIES)
    with _said(ray):
        waiting = {
            work.remote(
                replace(
                    member, log=None, features=None,  # type: ignore[arg-type]
                    checkpoint=member.checkpoint if keeps else None,
                ),
                put(member.log), put(member.features), board, number,
            ): number
            for number, member in enumerate(members)
        }  # fmt: skip
        while waiting:
            ready, _ = ray.wait(list(waiting), num_returns=1, timeout=LOOK_EVERY)
            for number, told in ray.get(board.read.remote()).items():
                if number not in done:
                    shares.of(number)(*told)
            for task in ready:
                number = waiting.pop(task)
                try:
                    done[number] = ray.get(task)
                except ray.exceptions.RayTaskError as error:
                    raise error.cause from None  # what training itself says
                shares.of(number)(1.0, done[number].loss)
    return [done[number] for number in range(len(members))]
