"""Writing a part where the policy was asked about the whole act (closing a plan, a hand-over that was accepted).

One place for what such a write owes: the checks, the version, the history. The caller holds the plan's lock, has asked
the policy, enters the audit, and settles the plan.
"""

from typing import Any

from samband.core.policy import Actor
from samband.plans.models import CarePlan
from samband.plans.services import history
from samband.plans.services.checks import check
from samband.plans.services.editing import _title, _write


def write(plan: CarePlan, actor: Actor, part: Any, values: dict[str, Any], kind: str, why: str = "") -> Any:
    """Save `values` to `part` as a revision of `kind` (one of `rules.fold.WRITES`); what is so already is no change."""
    fresh = type(part)._default_manager.get(pk=part.pk)
    now = history.snapshot(fresh, values)
    wanted = {name: history.plain(history.field_of(fresh, name), value) for name, value in values.items()}
    written = {name: values[name] for name in values if not history.same(wanted[name], now[name])}
    if not written:
        return fresh
    for name, value in written.items():
        setattr(fresh, name, value)
    check(actor, fresh, set(written))
    if hasattr(fresh, "version"):
        _write(fresh, written)
    else:
        fresh.save(update_fields=list(written))
    pairs = {name: [now[name], wanted[name]] for name in written}
    history.enter(plan, actor, history.thing_of(fresh), _title(fresh), kind, pairs, why)
    fresh.refresh_from_db()
    return fresh
