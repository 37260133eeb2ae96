"""A fresh machine is prepared once, and what is missing is named with the line to type."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

import pytest

from backend.local import bootstrap


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    return tmp_path


def program(folder: Path, name: str, says: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\necho '{says}'\n", encoding="ascii")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


def test_missing_ensurepip_names_the_line_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(bootstrap, "works", lambda _: False)
    with pytest.raises(bootstrap.BootstrapError, match=r"sudo apt-get install -y python3\.\d+-venv"):
        bootstrap.check_python()


def test_old_python_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 10, 0))
    with pytest.raises(bootstrap.BootstrapError, match=r"3\.11 or newer"):
        bootstrap.check_python()


def test_step_runs_once_and_again_when_its_source_changes(root: Path) -> None:
    source, stamp = root / "lock.txt", root / "stamp"
    source.write_text("one", encoding="ascii")
    seen = []
    for content in ("one", "one", "two"):
        source.write_text(content, encoding="ascii")
        with bootstrap.step(stamp, [source]) as needed:
            seen.append(needed)
    assert seen == [True, False, True]


def test_failed_step_is_tried_again(root: Path) -> None:
    seen = []
    for _ in range(2):
        with contextlib.suppress(ZeroDivisionError), bootstrap.step(root / "stamp", []) as needed:
            seen.append(needed)
            raise ZeroDivisionError
    assert seen == [True, True]


@pytest.mark.parametrize(("says", "expected"), [("v20.19.0", (20, 19)), ("v18.20.4", (18, 20)), ("nonsense", (0, 0))])
def test_version_of_node_is_read(tmp_path: Path, says: str, expected: tuple[int, int]) -> None:
    assert bootstrap.node_version(str(program(tmp_path, "node", says))) == expected


@pytest.mark.parametrize(("says", "system"), [("v20.20.2", True), ("v18.0.0", False)])
def test_system_node_is_used_only_when_new_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str, system: bool
) -> None:
    folder = program(tmp_path / "bin", "node", says).parent
    program(folder, "npm", "11")
    installed: list[str] = []
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/bin")
    monkeypatch.setattr(bootstrap, "install_python", lambda *locks: installed.extend(locks))
    assert bootstrap.node_folder() == (folder if system else bootstrap.VENV / "bin")
    assert installed == ([] if system else ["requirements-node.txt"])


def test_a_node_whose_npm_lies_elsewhere_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [program(tmp_path / name, name, "v20.20.2").parent for name in ("node", "npm")]
    monkeypatch.setenv("PATH", os.pathsep.join([*map(str, folders), "/bin"]))
    monkeypatch.setattr(bootstrap, "install_python", lambda *_: None)
    assert bootstrap.node_folder() == bootstrap.VENV / "bin"


def test_output_is_shown_when_a_step_fails(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(bootstrap.BootstrapError, match="cause of it"):
        bootstrap.follow("Trying", ["/bin/sh", "-c", "echo cause of it; exit 3"], "")
    assert "Trying" in capsys.readouterr().out
