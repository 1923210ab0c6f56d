"""For machines without cron: stays in the foreground and calls the weekly job, which decides itself what is due."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from threading import Thread

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.interval import IntervalTrigger

from tracker.errors import TrackerError

log = logging.getLogger(__name__)


def keep_running(job: Callable[[], object], *, every: timedelta, say: Callable[[str], None]) -> None:
    """Call `job` now and then every so often, until somebody ends the program. A failed run is said, not fatal."""

    def one_run() -> None:
        try:
            job()
        except TrackerError as error:
            log.error("%s", error)
            say(f"tracker: {error}")

    def bug(event: JobExecutionEvent) -> None:
        log.error("a bug of ours\n%s", event.traceback)
        said = f"{type(event.exception).__name__}: {event.exception}"
        say(f"tracker: a bug of ours ({said}); the log has the details")

    # A run that was missed (a laptop asleep) is caught up once; two never run side by side.
    scheduler = BlockingScheduler(
        timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    scheduler.add_listener(bug, EVENT_JOB_ERROR)
    logging.getLogger("apscheduler").addHandler(logging.NullHandler())  # it would print the traceback
    scheduler.add_job(one_run, IntervalTrigger(seconds=int(every.total_seconds())), next_run_time=datetime.now(UTC))
    with _ended_by(scheduler, signal.SIGINT, signal.SIGTERM), suppress(KeyboardInterrupt, SystemExit):
        scheduler.start()
    say("stopped")


@contextmanager
def _ended_by(scheduler: BlockingScheduler, *signals: signal.Signals) -> Iterator[None]:
    """Ctrl-C and `systemctl stop` end the scheduler; a run at work comes to its end first."""

    def end(*_: object) -> None:
        if not scheduler.running:  # not yet, or asked a second time
            raise SystemExit
        # An exception raised here would be swallowed where APScheduler is just handing out a job.
        Thread(target=scheduler.shutdown, kwargs={"wait": False}).start()

    before = {number: signal.signal(number, end) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
