"""A worker that is killed while it handles a deadline, after all was written, before the commit."""

import os
import signal

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "anlan.project.settings"
django.setup()

from anlan.kernel import clock, deadlines, outbox  # noqa: E402


def tell_and_die(due, at):
    outbox.publish("handled", area=due.area, subject_id=due.subject_id, body={}, at=at)
    os.kill(os.getpid(), signal.SIGKILL)


deadlines.handle_due(
    {"call": deadlines.Handler(lambda subject_id: None, tell_and_die)}, clock.now()
)
