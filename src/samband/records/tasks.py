"""Background work: large extracts, and what is over."""

from datetime import timedelta

from django_tasks import task

from samband.core.jobs import duty
from samband.records.models import ExtractOrder
from samband.records.services import extracts


@task()
def make_extract(order_id: int) -> str:
    return extracts.make(ExtractOrder.objects.select_related("person").get(pk=order_id)).state


def begin(order: ExtractOrder) -> ExtractOrder:
    """At once where there is little, else on the queue."""
    if order.state != ExtractOrder.State.WAITING or order.rows_total > extracts.AT_ONCE:
        if order.state == ExtractOrder.State.WAITING and order.beat_at is None:
            make_extract.enqueue(order.pk)
        return order
    return extracts.make(order)


@duty("records.old_extracts", every=timedelta(hours=1))
def old_extracts() -> int:
    return extracts.drop_old()
