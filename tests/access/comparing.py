"""Puts every question to the policy and to the oracle, and tells where they differ."""

from dataclasses import dataclass, field, replace
from typing import Any

from samband.core import policy
from tests.access import plain, rows
from tests.access.oracle import Oracle, Who, capacities
from tests.access.questions import EXACT, QUESTIONS, WITH_QUERY


@dataclass
class Found:
    """`decisions` compared, the rule ids that the oracle decided by, and each difference in words."""

    decisions: int = 0
    rules: set[str] = field(default_factory=set)
    differ: list[str] = field(default_factory=list)


def everybody(world: plain.Plain) -> list[Who]:
    """Every capacity, also those that no longer hold or never did: a question may come by an old session."""
    found = [Who("anonymous"), *(Who("staff", assignment=a) for a in world.assignments)]
    return (
        found
        + [Who("person", person=p) for p in world.persons]
        + [Who("relative", relative=x) for x in world.relatives]
    )


def things(made: rows.Written, kind: str) -> list[tuple[Any, Any]]:
    """(plain thing, database row) of a kind."""
    if kind == "person":
        return [(p, made.persons[p.key]) for p in made.world.persons]
    return [(row, made.rows[row.key]) for row in made.world.rows if row.kind == kind]


def compare(world: plain.Plain) -> Found:
    made, oracle, found = rows.write(world), Oracle(world), Found()
    _capacities(made, found)
    for who in everybody(world):
        asking = Asking(made, oracle, found, who, replace(made.actor(who), memo={}))
        for action, (kinds, ask) in QUESTIONS.items():
            for kind in kinds:
                asking.put(action, kind, ask)
    return found


@dataclass
class Asking:
    """One actor, and what the queries have found for her so far: a query serves several questions."""

    made: rows.Written
    oracle: Oracle
    found: Found
    who: Who
    actor: Any
    seen: dict = field(default_factory=dict)

    def query(self, action: str, model: Any) -> set[int] | None:
        """The rows that the query finds; None where the question has none."""
        scope = policy.registry.scopes.get(action)
        if scope is None:
            return None
        if (scope, model) not in self.seen:
            self.found.decisions += 1
            rows_found = policy.scoped(self.actor, action, model._default_manager.all())
            self.seen[scope, model] = set(rows_found.values_list("pk", flat=True))
        return self.seen[scope, model]

    def put(self, action: str, kind: str, ask: Any) -> None:
        """One question about every thing of a kind."""
        pairs = things(self.made, kind)
        if not pairs:
            return
        rows_found, allowed = self.query(action, type(pairs[0][1])), set()
        for thing, row in pairs:
            expected, rule = ask(self.oracle, self.who, thing)
            self.found.rules.add(rule)
            self.found.decisions += 1
            decision = policy.decide(self.actor, action, row)
            given = bool(decision) and (action not in WITH_QUERY or row.pk in (rows_found or ()))
            if given != expected:
                self.differ(action, kind, f"{thing}: {rule} says {expected}, the policy {decision}")
            allowed |= {row.pk} if expected else set()
        if rows_found is not None:
            self._compare_query(action, kind, pairs, rows_found, allowed)

    def _compare_query(self, action: str, kind: str, pairs: list, rows_found: set[int], allowed: set[int]) -> None:
        if not allowed <= rows_found:
            self.differ(action, kind, f"the query misses {allowed - rows_found}")
        if action in EXACT and rows_found - allowed:
            self.differ(action, kind, f"the query finds {rows_found - allowed} too many")
        known = {row.pk for thing, row in pairs if _about(self.oracle, self.who, thing, kind)}
        if rows_found - known and action not in WITH_QUERY:
            self.differ(action, kind, f"the query finds {rows_found - known}, about a person who is not known")

    def differ(self, action: str, kind: str, words: str) -> None:
        who = self.who.assignment or self.who.person or self.who.relative
        self.found.differ.append(f"{action} by {self.who.kind} {who}, about {kind}: {words}")


def _about(oracle: Oracle, who: Who, thing: Any, kind: str) -> bool:
    """Whether the actor may know that the person exists; a case tells of her itself."""
    if kind == "case":
        return oracle.reads_case(who, thing)[0]
    return oracle.knows(who, thing.key if kind == "person" else thing.person)[0]


def _capacities(made: rows.Written, found: Found) -> None:
    """P2, A13, P4: in which capacities each account may act today."""
    from samband.people.services import actors

    for number, user in made.users.items():
        expected = {actors.token(made.actor(who)) for who in capacities(made.world, number)}
        given = {actors.token(a) for a in actors.choices(user)}
        found.decisions += 1
        if given != expected:
            found.differ.append(f"account {number} may act as {sorted(given)}, expected {sorted(expected)}")
