"""All that the worker does from time to time by itself."""

from channels.contract.periodic import Periodic
from channels.delivery.notifying import notifier_with
from channels.queue.deferrer import Deferrer
from channels.wording.render import Renderer
from store.core.clock import utc_now
from store.core.database import Database
from store.engine.tracker import TrackerStore
from store.lifecycle.retention import Periods
from takwin.adviser_hours import adviser_hours
from takwin.jobs import (
    course_alerts,
    engine_erasures,
    figures,
    give_back,
    link_check,
    retention,
    review_intake,
    search_index,
    share_out,
)


def periodic_work(
    database: Database, renderer: Renderer, deferrer: Deferrer, tracker: TrackerStore, periods: Periods
) -> tuple[Periodic, ...]:
    """The periodic work of an installation, each with its times. Providers have theirs besides."""
    notifier = notifier_with(renderer, deferrer)
    kept = retention.Retention(database, tracker, periods)
    checker = link_check.LinkChecker()
    hours = adviser_hours()
    return (
        Periodic("give-back", give_back.CRON, lambda _: give_back.give_back_overdue(database, notifier)),
        Periodic("share-out", share_out.CRON, lambda _: share_out.share_out(database, hours)),
        Periodic(
            "search-index",
            search_index.CRON,
            lambda stopping: search_index.take_into_search(database, stopping),
        ),
        Periodic(
            "review-intake",
            review_intake.CRON,
            lambda stopping: review_intake.take_into_review(database, stopping),
        ),
        Periodic("figures", figures.CRON, lambda stopping: figures.roll_up(database, stopping)),
        Periodic(
            "course-alerts",
            course_alerts.CRON,
            lambda _: course_alerts.tell_of_courses(database, notifier),
        ),
        Periodic(
            "link-check",
            link_check.CRON,
            lambda stopping: link_check.check_next(
                database, checker, utc_now, link_check.AT_EACH_TIME, stopping
            ),
        ),
        Periodic("retention", retention.CRON, lambda stopping: kept.drop(stopping=stopping)),
        Periodic(
            "engine-erasures",
            engine_erasures.CRON,
            lambda stopping: engine_erasures.forget_erased(database, tracker, stopping),
        ),
    )
