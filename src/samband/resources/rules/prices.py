"""What a plan of the day costs, in minutes of travel. The one place where the prices stand (docs/planner.md explains them).

A minute on the road costs 1. All else is said in how many minutes on the road it is worth to avoid it.
"""

#: components of `visit_planner` and what one unit of each costs
PRICES: dict[str, float] = {
    "travel": 1.0,  # a minute on the road
    "tardiness": 3.0,  # a minute late, for each who is late
    "overtime": 4.0,  # a minute after the end of a shift
    "waiting": 0.2,  # a minute in the car outside
    "unserved": 1.0,  # the price of the visit left out, see `left_out`
    "missed_breaks": 120.0,  # a shift without its break
    "preferences": 6.0,  # somebody other than the responsible or the preferred; where nobody is named, of another unit
    "unwanted": 40.0,  # somebody whom the person would rather not meet
    "continuity": 8.0,  # somebody who has not been there in 14 days
    "language": 15.0,  # nobody speaks the person's language
    "crossing": 10.0,  # a visit done by another organisation than its own
    "same_worker": 4.0,  # one more face on the same day
    "change": 25.0,  # replanning: another than the one promised
}

#: the same before the day has begun: people have been told, but nobody waits at the door
CHANGE_BEFORE = 5.0

LEFT_OUT = {1: 200.0, 2: 400.0, 3: 800.0, 4: 1600.0, 5: 3200.0}
#: what must not be late is not left out before what may
STRICT = 1600.0
#: days back that "known" and the measure of continuity look
DAYS_KNOWN = 14


def left_out(priority: int, strict: bool, parts: int = 1) -> float:
    """The price of leaving a visit out: by its weight, more if it may not be late, and for each who would have come."""
    price = LEFT_OUT.get(priority, LEFT_OUT[3])
    return (max(price, STRICT) if strict else price) * parts
