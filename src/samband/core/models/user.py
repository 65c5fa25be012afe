"""The account. Who it is (staff, person, relative) is said by the rows in `people` that point to it."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None) -> "User":
        user = self.model(username=username)
        user.set_password(password) if password else user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account without names or rights of its own: names live with the person, rights come from the policy.

    `is_demo` marks a log-in without password that works in demo mode, on loopback, only. `subject` is what the log-in
    service calls the account: `hsa:<HSA-id>`, `number:<identity number>` or `sub:<the service's own id>`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField(max_length=150, unique=True)
    subject = models.CharField(max_length=255, unique=True, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    language = models.CharField(max_length=5, blank=True)

    USERNAME_FIELD = "username"
    objects = UserManager()

    def __str__(self) -> str:
        return self.username

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's permissions are not used: the policy decides."""
        return False

    def has_module_perms(self, label: str) -> bool:
        return False
