"""The embedded server: one app at a time, whatever became of the one before."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from store.core.database import Database, connection_string
from store.embedded.files import PostmasterFile, kill_processes_on
from store.embedded.server import EmbeddedError, EmbeddedPostgres, FolderInUse

ROOT = Path(__file__).parents[3]
_APP = """
import sys, time
from pathlib import Path
from store.embedded.server import EmbeddedPostgres
with EmbeddedPostgres(Path(sys.argv[1]), {"fsync": "off"}):
    print("started", flush=True)
    time.sleep(120)
"""


def _server(folder: Path) -> EmbeddedPostgres:
    return EmbeddedPostgres(folder, {"fsync": "off"})


def _ask(server: EmbeddedPostgres, sql: str) -> object:
    with psycopg.connect(connection_string(server.url), autocommit=True) as connection:
        answer = connection.execute(sql)
        row = answer.fetchone() if answer.description else None
        return None if row is None else row[0]


@contextmanager
def _app(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that serves from the folder."""
    app = subprocess.Popen(
        [sys.executable, "-c", _APP, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert app.stdout is not None
        assert app.stdout.readline() == "started\n"
        yield app
    finally:
        app.kill()
        app.wait()
        assert app.stdout is not None
        app.stdout.close()


def _is_gone(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists() or ") Z " in stat.read_text():
            return True
        time.sleep(0.05)
    return False


def test_what_was_written_is_there_after_a_restart(tmp_path: Path) -> None:
    with _server(tmp_path / "new" / "pg") as server:
        _ask(server, "create table kept as select 'سلام' as word")
        running = PostmasterFile.read(server.data)
        assert running is not None
    assert _is_gone(running.pid)
    with server:
        assert _ask(server, "select word from kept") == "سلام"
        assert _ask(server, "show listen_addresses") == ""
        assert (
            _ask(server, "select datcollate || pg_encoding_to_char(encoding) from pg_database limit 1")
            == "CUTF8"
        )


def test_two_apps_on_one_folder(tmp_path: Path) -> None:
    with _app(tmp_path) as app:
        with pytest.raises(FolderInUse, match=rf"in use by process {app.pid}: stop it first") as caught:
            _server(tmp_path).start()
        assert (caught.value.pid, caught.value.folder) == (app.pid, tmp_path)
        assert app.poll() is None


def test_the_same_app_twice(tmp_path: Path) -> None:
    with _server(tmp_path) as server:
        with pytest.raises(FolderInUse):
            server.start()
        with pytest.raises(FolderInUse, match=str(os.getpid())):
            _server(tmp_path).start()
        assert _ask(server, "select 1") == 1


def test_a_killed_app_s_server_is_taken_over_and_stopped(tmp_path: Path) -> None:
    with _app(tmp_path) as app:
        running = PostmasterFile.read(tmp_path / "data")
        assert running is not None
        app.send_signal(signal.SIGKILL)
        app.wait()
        with _server(tmp_path) as server:
            taken_over = PostmasterFile.read(server.data)
            assert taken_over is not None
            assert taken_over.pid == running.pid
            assert _ask(server, "select 1") == 1
        assert _is_gone(running.pid)


def test_a_killed_app_and_a_killed_server(tmp_path: Path) -> None:
    with _app(tmp_path) as app:
        running = PostmasterFile.read(tmp_path / "data")
        assert running is not None
        app.kill()
        app.wait()
        os.kill(running.pid, signal.SIGKILL)
        assert _is_gone(running.pid)
    with _server(tmp_path) as server:
        assert _ask(server, "select 1") == 1


def _kill(server: EmbeddedPostgres, number: signal.Signals = signal.SIGKILL) -> None:
    """The first process of the server alone."""
    running = PostmasterFile.read(server.data)
    assert running is not None
    os.kill(running.pid, number)
    if number == signal.SIGKILL:
        assert _is_gone(running.pid)


def test_a_killed_server_is_revived_where_it_was(tmp_path: Path) -> None:
    with _server(tmp_path) as server:
        _ask(server, "create table kept as select 1 as one")
        url = server.url
        assert not server.has_died()
        server.revive()
        _kill(server)
        assert server.has_died()
        server.revive()
        assert not server.has_died()
        assert server.url == url
        assert _ask(server, "select one from kept") == 1
    assert not server.has_died()


def test_all_processes_killed(tmp_path: Path) -> None:
    with _server(tmp_path) as server:
        _kill(server, signal.SIGSTOP)  # or it would start the others again itself
        assert len(kill_processes_on(server.data)) > 1
        assert server.has_died()
        server.revive()
        assert _ask(server, "select 1") == 1


def test_a_process_that_outlives_its_server_is_ended(tmp_path: Path) -> None:
    with _server(tmp_path) as server, psycopg.connect(connection_string(server.url)) as connection:
        hanging = connection.info.backend_pid
        os.kill(hanging, signal.SIGSTOP)
        _kill(server)
        server.revive()
        assert _is_gone(hanging)
        assert _ask(server, "select 1") == 1


def test_a_shell_in_the_folder_of_the_data_is_left_alone(tmp_path: Path) -> None:
    with _server(tmp_path) as server:
        shell = subprocess.Popen(["sleep", "60"], cwd=server.data)
        try:
            _kill(server)
            server.revive()
            assert shell.poll() is None
        finally:
            shell.kill()
            shell.wait()


def test_a_socket_folder_that_was_cleaned_up_is_made_again(tmp_path: Path) -> None:
    with _server(tmp_path / ("x" * 120)) as server:
        sockets = server.socket_folder
        _kill(server)
        shutil.rmtree(sockets)
        server.revive()
        assert server.socket_folder == sockets
        assert _ask(server, "select 1") == 1


def test_a_stopped_server_is_not_revived(tmp_path: Path) -> None:
    server = _server(tmp_path)
    server.revive()
    with server:
        pass
    server.revive()
    assert PostmasterFile.read(server.data) is None


def test_a_server_that_cannot_be_revived_may_be_tried_again(tmp_path: Path) -> None:
    with _server(tmp_path) as server:
        _kill(server)
        control = server.data / "global" / "pg_control"
        control.rename(tmp_path / "aside")
        with pytest.raises(EmbeddedError, match="did not start"):
            server.revive()
        assert server.has_died()
        (tmp_path / "aside").rename(control)
        server.revive()
        assert _ask(server, "select 1") == 1


def test_a_number_left_behind_that_another_program_has_now(tmp_path: Path) -> None:
    with _server(tmp_path) as server:
        left = (server.data / "postmaster.pid").read_text()
    other = subprocess.Popen(["sleep", "60"])
    try:
        (server.data / "postmaster.pid").write_text("\n".join([str(other.pid), *left.splitlines()[1:]]))
        with server:
            assert _ask(server, "select 1") == 1
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_an_app_killed_while_it_made_the_data(tmp_path: Path) -> None:
    (tmp_path / "data.new" / "base").mkdir(parents=True)
    with _server(tmp_path) as server:
        assert _ask(server, "select 1") == 1
    assert not (tmp_path / "data.new").exists()


@pytest.mark.parametrize("name", ["long-" + "x" * 120, "two words, and a comma", "it's"])
def test_a_path_no_socket_can_have(tmp_path: Path, name: str) -> None:
    with _server(tmp_path / name) as server:
        assert server.socket_folder != server.data
        assert len(os.fsencode(server.socket_folder / ".s.PGSQL.5432")) <= 107
        assert server.socket_folder.stat().st_mode & 0o777 == 0o700
        database = Database(server.url)
        with database.session() as session:
            assert session.connection().exec_driver_sql("select current_database()").scalar() == "takwin"
        database.close()


def test_a_short_folder_of_somebody_else_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / ("x" * 120)
    theirs = tmp_path / "t"
    theirs.mkdir()
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(theirs))
    with _server(folder) as server:
        chosen = server.socket_folder
    chosen.rmdir()
    chosen.symlink_to(theirs)
    with pytest.raises(EmbeddedError, match="belongs to somebody else"):
        server.start()


def test_data_of_another_version(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").write_text("16\n")
    server = _server(tmp_path)
    with pytest.raises(EmbeddedError, match=r"written by PostgreSQL 16, this is 18"):
        server.start()
    with pytest.raises(EmbeddedError, match="not started"):
        _ = server.url


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path, {"shared_buffers": "nonsense"})
    with pytest.raises(EmbeddedError, match="shared_buffers"):
        server.start()
    with _server(tmp_path) as again:
        assert _ask(again, "select 1") == 1


def test_the_settings_of_another_server_do_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGDATA", "/nowhere")
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("LC_ALL", "no_SUCH.locale")
    with _server(tmp_path) as server:
        assert _ask(server, "select 1") == 1


def test_no_more_of_the_path_is_opened_than_it_takes(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    with _server(private / "pg") as server:
        assert server.data.stat().st_mode & 0o777 == 0o700
        assert private.stat().st_mode & 0o066 == 0
