"""The lookup that writes whole numbers out."""

import pytest

from samband.core.models import User

pytestmark = pytest.mark.django_db


def test_among_finds_what_in_finds():
    keys = [User.objects.create(username=f"u{n}").pk for n in range(3)]
    for asked in ([], keys[:1], keys, [*keys, 10**12]):
        found = set(User.objects.filter(pk__among=asked).values_list("pk", flat=True))
        assert found == set(User.objects.filter(pk__in=asked).values_list("pk", flat=True))
        left = User.objects.exclude(pk__among=asked).values_list("pk", flat=True)
        assert set(left) == set(User.objects.exclude(pk__in=asked).values_list("pk", flat=True))


def test_among_takes_numbers_only():
    with pytest.raises(ValueError, match="invalid literal"):
        User.objects.filter(pk__among=["1) OR (1=1"])
