"""Runs `tracker` in forked children and kills them (-9) at a chosen moment; test_kill.py sends it jobs on stdin.

A moment is just before a statement of SQLite, before a file is opened for writing, moved or deleted, and before a
connection. Forking saves the second that loading everything anew would take.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
EVENTS = {"os.rename", "os.remove", "os.mkdir", "os.truncate", "socket.connect"}  # as Python's audit hooks call them


class Moments:
    """Counts the moments of this process; at number `fatal` the process is gone."""

    def __init__(self, fatal: int | None) -> None:
        self.fatal = fatal
        self.names: list[str] = []

    def note(self, name: str) -> None:
        if len(self.names) == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        self.names.append(name)

    def watch(self) -> None:
        """From now on, and for good: the child ends with its command."""
        sys.addaudithook(self.hook)
        connect = sqlite3.connect

        def connected(*args: Any, **given: Any) -> sqlite3.Connection:
            connection = connect(*args, **given)
            connection.set_trace_callback(lambda statement: self.note(statement.split()[0].lower()))
            return connection

        sqlite3.connect = connected  # statements have no audit event of their own

    def hook(self, event: str, args: tuple[Any, ...]) -> None:
        if event in EVENTS or (event == "open" and args[2] & WRITES):
            self.note(event)


def run(job: dict[str, Any]) -> int:
    """One command in this process; returns its exit code."""
    from tracker.cli import main

    try:
        main(job["argv"])
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def child(job: dict[str, Any]) -> None:
    """Never returns. What the command says goes to the file `said`, the names of its moments to `moments`."""
    said = os.open(job["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(said, 1)
    os.dup2(said, 2)
    if job.get("largest"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (job["largest"], job["largest"]))
    if job.get("user") and os.getuid() == 0:
        os.setgid(job["user"])
        os.setuid(job["user"])
    moments = Moments(job.get("kill"))
    if job.get("watch") or job.get("kill") is not None:
        moments.watch()
    code = 99
    try:
        code = run(job)
        names = list(moments.names)
        if job.get("watch"):
            Path(job["said"]).with_suffix(".moments").write_text(json.dumps(names), encoding="ascii")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def forked(jobs: list[dict[str, Any]]) -> list[int]:
    """Exit codes of the jobs, run side by side; a killed one has a negative code."""
    gate, opener = os.pipe()
    children = []
    for job in jobs:
        pid = os.fork()
        if pid == 0:
            os.close(opener)
            os.read(gate, 1)  # all begin when the last one is there
            child(job)
        children.append(pid)
    os.close(gate)
    os.close(opener)
    return [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]


def serve() -> None:
    """One line of JSON in, one out: a list of jobs for children, or one job to run here, to load all that is needed."""
    for line in sys.stdin:
        jobs = json.loads(line)
        codes = forked(jobs) if isinstance(jobs, list) else [run(jobs)]
        print(json.dumps(codes), file=sys.__stderr__, flush=True)


class Driver:
    """The other end: what test_kill.py talks to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        root = Path(__file__).resolve().parents[1]
        command = [sys.executable, "-m", "tests.killing"]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            command, cwd=root, stdin=pipe, stderr=pipe, stdout=subprocess.DEVNULL, text=True
        )
        self.count = 0

    def __enter__(self) -> Driver:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.communicate(timeout=20)

    def _ask(self, jobs: object) -> list[int]:
        assert self.process.stdin and self.process.stderr
        self.process.stdin.write(json.dumps(jobs) + "\n")
        self.process.stdin.flush()
        return list(json.loads(self.process.stderr.readline()))

    def here(self, *argv: str) -> None:
        """Run in the driver itself, so that children need not load anything."""
        self._ask({"argv": argv})

    def run(self, *argv: str, **given: Any) -> tuple[int, str]:
        """Run in a child: its exit code and what it said. `kill`: at which moment; `watch`: note the moments."""
        ((code, said),) = self.together([argv], **given)
        return code, said

    def together(self, commands: list[tuple[str, ...]], **given: Any) -> list[tuple[int, str]]:
        """Run several commands side by side."""
        jobs = []
        for argv in commands:
            self.count += 1
            jobs.append({"argv": argv, "said": str(self.folder / f"{self.count}.txt"), **given})
        codes = self._ask(jobs)
        return [(code, Path(job["said"]).read_text("utf-8", "replace")) for code, job in zip(codes, jobs, strict=True)]

    def moments(self) -> list[str]:
        """The names of the moments of the last child that was watched."""
        return list(json.loads((self.folder / f"{self.count}.moments").read_text("ascii")))


if __name__ == "__main__":
    serve()
