"""The commands. Each imports what it needs when it runs, so that `tracker --help` answers at once."""

from tracker.cli.app import app, main

__all__ = ["app", "main"]
