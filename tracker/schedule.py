"""For machines without cron: stays in the foreground and calls the weekly job, which decides itself what is due."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

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

    # A run that was missed (a laptop asleep) is caught up once; two never run side by side.
    scheduler = BlockingScheduler(
        timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    scheduler.add_job(one_run, IntervalTrigger(seconds=int(every.total_seconds())), next_run_time=datetime.now(UTC))
    try:
        scheduler.start()
    except (KeyboardInterrupt, SystemExit):
        say("stopped")
