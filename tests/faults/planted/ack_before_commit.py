"""Each request is answered when its statements have run: before the transaction is committed."""

from typing import Any


def plant() -> None:
    """Answer early, and not again."""
    from server.realtime.mutations.group_commit import GroupCommit

    attempt = GroupCommit._attempt_in_time

    def early(self: Any, transaction: Any, jobs: list[Any]) -> Any:
        acks = attempt(self, transaction, jobs)
        for job, ack in zip(jobs, acks, strict=False):
            job.answer(ack)
            job.answer = lambda ack: None
        # What was answered is on its way.
        import gevent

        gevent.sleep(0.002)
        return acks

    GroupCommit._attempt_in_time = early  # type: ignore[method-assign]
