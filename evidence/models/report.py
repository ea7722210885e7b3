"""The two kinds of report that have columns of their own."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from access.models.checked import CheckedModel
from designations.models.stated_dates import StatedPeriod, precision_check, precision_field
from evidence.models.item import EvidenceItem
from evidence.models.search import searchable
from evidence.models.stated_number import StatedNumberField


class FraudulentAccountReport(CheckedModel):
    """Accounts opened under false identity to use a provider's service, and what was drawn."""

    item = models.OneToOneField(
        EvidenceItem,
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="fraudulent_accounts",
    )
    provider = models.TextField(blank=True)
    accounts = models.PositiveBigIntegerField(null=True, blank=True)
    exchanges = models.PositiveBigIntegerField(null=True, blank=True)
    period_start = models.DateField(null=True, blank=True)
    period_start_precision = precision_field()
    period_end = models.DateField(null=True, blank=True)
    period_end_precision = precision_field()
    evasion = ArrayField(models.TextField(), default=list, blank=True)
    proxy_network = models.TextField(blank=True)
    capabilities = ArrayField(models.TextField(), default=list, blank=True)
    attribution_basis = models.TextField(blank=True)

    period = StatedPeriod("period")

    class Meta:
        constraints = (
            precision_check("period_start", "evidence_fraudulentaccounts_start", "first"),
            precision_check("period_end", "evidence_fraudulentaccounts_end"),
            models.CheckConstraint(
                condition=Q(period_start__isnull=True)
                | Q(period_end__isnull=True)
                | Q(period_end__gte=F("period_start")),
                name="evidence_fraudulentaccounts_period_order",
                violation_error_message="The period of the report ends before it begins.",
            ),
        )
        indexes = (models.Index(fields=("accounts",), name="evidence_fraudulent_accounts"),)
        triggers = (searchable("item_id"),)

    def __str__(self) -> str:
        return f"{self.provider}: {self.accounts} accounts"


class ChipDiversionReport(CheckedModel):
    """Controlled chips that went where they were not licensed to go."""

    evidence_item = models.OneToOneField(
        EvidenceItem,
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="chip_diversion",
        db_column="item_id",
    )
    item = models.TextField(blank=True, help_text="What was diverted.")
    eccn = models.CharField(max_length=20, blank=True)
    quantity = models.PositiveBigIntegerField(null=True, blank=True)
    value_usd = StatedNumberField(null=True, blank=True)
    exporter = models.TextField(blank=True)
    consignees = ArrayField(models.TextField(), default=list, blank=True)
    route = ArrayField(models.TextField(), default=list, blank=True)
    end_user = models.TextField(blank=True)
    license = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(value_usd__isnull=True) | Q(value_usd__gte=0),
                name="evidence_chipdiversion_value_positive",
                violation_error_message="value_usd cannot be negative.",
            ),
        )
        indexes = (models.Index(fields=("eccn",), name="evidence_chip_eccn"),)
        triggers = (searchable("item_id"),)

    def __str__(self) -> str:
        return f"{self.quantity} x {self.item}"
