"""Fixtures of the log-in's tests."""

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher


@pytest.fixture
def quick_hashes(monkeypatch) -> None:
    """Passwords are hashed in a moment instead of half a second; what is hashed and when stays."""
    for name, value in (("time_cost", 1), ("memory_cost", 8), ("parallelism", 1)):
        monkeypatch.setattr(Argon2PasswordHasher, name, value)
