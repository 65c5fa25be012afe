"""What all of Samband's rows have."""

import uuid

from django.db import models


class Base(models.Model):
    """A row with an id for the outside (urls, exports) that tells nothing and cannot be counted."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
