"""Memory of creates that carried an Idempotency-Key."""

from django.conf import settings
from django.db import models

from access.models.checked import CheckedModel


class IdempotencyKey(CheckedModel):
    """What was answered to a create, so that the same request sent twice acts once.

    The row is written in the transaction of the act itself: there is never a remembered answer
    without its act, nor an act whose answer was forgotten.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="idempotency_keys"
    )
    key = models.CharField(max_length=255, db_collation="C")
    route = models.CharField(max_length=500, db_collation="C")
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("user", "key", "route"),
                name="access_idempotencykey_once",
                violation_error_message="This Idempotency-Key was already used on this route.",
            ),
            models.CheckConstraint(
                condition=models.Q(status__gte=200, status__lt=300),
                name="access_idempotencykey_only_success",
                violation_error_message="Only the answer to a successful create is remembered.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.route} {self.key}"
