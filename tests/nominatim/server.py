"""A real Nominatim on this machine for the tests: a database of its own, the places of places.osm, the API.

Everything lies in a temporary directory, and every process is ended. Nominatim is a program of its own (GPL); no part
of it is imported.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PLACES = Path(__file__).with_name("places.osm")
NOMINATIM = ROOT / "build" / "nominatim" / "bin" / "nominatim"
# PostgreSQL refuses to run as root.
_SYSTEM_USER = "postgres"
_DATABASE_USER = "makan"
_UNSAFE_BUT_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "jit=off")


def missing() -> list[str]:
    """What is not installed of all that is needed."""
    needed = {
        "PostgreSQL with PostGIS": _programs() is not None,
        "osm2pgsql": shutil.which("osm2pgsql") is not None,
        "Nominatim in build/nominatim": NOMINATIM.exists(),
    }
    return [name for name, there in needed.items() if not there]


class Nominatim:
    """The API on an imported database; it can be ended, halted and started as a server in trouble would be."""

    def __init__(self, project: Path, environment: dict[str, str]) -> None:
        self.project, self.environment = project, environment
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve, where it does not yet."""
        if self.process:
            return
        log = self.project / "serve.log"
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [NOMINATIM, "serve", "--server", f"127.0.0.1:{self.port}"],
                cwd=self.project, env=self.environment, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
        for _ in range(300):
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.address}/status", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"Nominatim does not serve: {log.read_text(errors='replace')[-2000:]}")

    def stop(self) -> None:
        """End it, where it serves."""
        if self.process:
            _end(self.process, signal.SIGTERM)
            self.process = None

    @contextmanager
    def halted(self) -> Iterator[None]:
        """It takes requests and answers none."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)


@contextmanager
def nominatim() -> Iterator[Nominatim]:
    """Nominatim with the places of places.osm, started."""
    programs = _programs()
    assert programs
    with ExitStack() as stack:
        home = Path(tempfile.mkdtemp(prefix="makan-nominatim-", dir="/tmp"))
        stack.callback(shutil.rmtree, home, ignore_errors=True)
        home.chmod(0o755)
        project = home / "project"
        project.mkdir()
        stack.enter_context(_database(programs, home))
        # Settings from outside would lead to another database.
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "NOMINATIM_", "VIRTUAL_ENV"))}
        environment |= {
            "NOMINATIM_DATABASE_DSN": f"pgsql:host={home};dbname=nominatim;user={_DATABASE_USER}",
            "NOMINATIM_DATABASE_WEBUSER": _DATABASE_USER,
        }
        _run(
            [NOMINATIM, "import", "--osm-file", PLACES, "--offline", "--no-updates", "--threads", "2"],
            cwd=project, env=environment,
        )  # fmt: skip
        serving = Nominatim(project, environment)
        stack.callback(serving.stop)
        serving.start()
        yield serving


@contextmanager
def _database(programs: Path, home: Path) -> Iterator[None]:
    """A PostgreSQL that only a socket in ``home`` leads to."""
    data = home / "data"
    as_user: dict[str, Any] = {"cwd": "/"}
    if os.geteuid() == 0:
        as_user |= {"user": _SYSTEM_USER, "group": _SYSTEM_USER, "extra_groups": []}
        shutil.chown(home, _SYSTEM_USER, _SYSTEM_USER)
    _run(
        [programs / "initdb", "-D", data, "-U", _DATABASE_USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
        **as_user,
    )
    options = [part for option in (*_UNSAFE_BUT_FAST, "listen_addresses=") for part in ("-c", option)]
    with (home / "database.log").open("wb") as log:
        command = [programs / "postgres", "-D", data, "-k", home, *options]
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, **as_user)
    try:
        for _ in range(200):
            ready = subprocess.run([programs / "pg_isready", "-q", "-h", home], check=False)
            if ready.returncode == 0 or process.poll() is not None:
                break
            time.sleep(0.1)
        if ready.returncode != 0:
            raise RuntimeError(f"PostgreSQL does not start: {(home / 'database.log').read_text()[-2000:]}")
        yield
    finally:
        _end(process, signal.SIGINT)


def _programs() -> Path | None:
    """Where the newest PostgreSQL is for which PostGIS is installed."""
    there = [
        int(control.parents[1].name) for control in Path("/usr/share/postgresql").glob("*/extension/postgis.control")
    ]
    return Path(f"/usr/lib/postgresql/{max(there)}/bin") if there else None


def _run(command: list[str | Path], **options: Any) -> None:
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, **options)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {(done.stdout + done.stderr)[-3000:]}")


def _end(process: "subprocess.Popen[bytes]", how: signal.Signals) -> None:
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
