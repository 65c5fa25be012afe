"""What the ORM writes slowly."""

from collections.abc import Sequence

from django.db.models import Field, ForeignKey, Lookup


@ForeignKey.register_lookup
@Field.register_lookup
class Among(Lookup):
    """`unit_id__among=(4, 9)`: one of these whole numbers, written out.

    As parameters of `__in`, hundreds of keys cost more than the question itself. PostgreSQL gets them as one array: of a
    list it reads and checks every number by itself, and a board asks about the same units a dozen times.
    """

    lookup_name = "among"
    prepare_rhs = False

    def __init__(self, lhs, rhs: Sequence[int]):
        super().__init__(lhs, tuple(int(number) for number in rhs))

    def as_sql(self, compiler, connection):
        sql, params = self.process_lhs(compiler, connection)
        return f"{sql} IN ({self._numbers()})", params

    def as_postgresql(self, compiler, connection):
        sql, params = self.process_lhs(compiler, connection)
        return f"{sql} = ANY ('{{{self._numbers()}}}'::bigint[])", params

    def _numbers(self) -> str:
        return ",".join(map(str, self.rhs))
