import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0021_claims_state_their_tolerance"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SourceDescriptor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "entered_on",
                    models.DateField(
                        blank=True,
                        help_text="First day with effect; empty: as long as its item.",
                        null=True,
                    ),
                ),
                (
                    "entered_on_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "day"), ("month", "month"), ("year", "year")],
                        default="",
                        max_length=5,
                    ),
                ),
                (
                    "ended_on",
                    models.DateField(blank=True, help_text="First day without effect.", null=True),
                ),
                (
                    "ended_on_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "day"), ("month", "month"), ("year", "year")],
                        default="",
                        max_length=5,
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("access_to_fact", models.CharField(blank=True, max_length=500)),
                ("expertise", models.CharField(blank=True, max_length=500)),
                ("motivation", models.CharField(blank=True, max_length=500)),
                ("validation", models.CharField(blank=True, max_length=500)),
                ("track_record", models.CharField(blank=True, max_length=500)),
                ("deception", models.CharField(blank=True, max_length=500)),
                ("currency", models.CharField(blank=True, max_length=500)),
                ("technical", models.CharField(blank=True, max_length=500)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who entered it; empty: the system itself.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="source_descriptors",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="descriptors",
                        to="evidence.source",
                    ),
                ),
            ],
            options={
                "ordering": ("source", "position", "pk"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("entered_on__isnull", True),
                            ("ended_on__gte", models.F("entered_on")),
                            _connector="OR",
                        ),
                        name="evidence_sourcedescriptor_ends_after_entry",
                        violation_error_message="ended_on lies before entered_on: a row cannot end before it began. Give the first day without effect.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_on__isnull", True), ("entered_on_precision", "")),
                            models.Q(
                                ("entered_on__isnull", False), ("entered_on_precision", "day")
                            ),
                            models.Q(
                                ("entered_on__isnull", False),
                                ("entered_on_precision", "month"),
                                django.db.models.lookups.Exact(
                                    django.db.models.functions.datetime.ExtractDay(
                                        models.ExpressionWrapper(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("entered_on"),
                                                "+",
                                                models.Value(1, models.IntegerField()),
                                            ),
                                            output_field=models.DateField(),
                                        )
                                    ),
                                    1,
                                ),
                            ),
                            models.Q(
                                ("entered_on__isnull", False),
                                ("entered_on_precision", "year"),
                                django.db.models.lookups.Exact(
                                    django.db.models.functions.datetime.ExtractDay(
                                        models.ExpressionWrapper(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("entered_on"),
                                                "+",
                                                models.Value(1, models.IntegerField()),
                                            ),
                                            output_field=models.DateField(),
                                        )
                                    ),
                                    1,
                                ),
                                django.db.models.lookups.Exact(
                                    django.db.models.functions.datetime.ExtractMonth(
                                        models.ExpressionWrapper(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("entered_on"),
                                                "+",
                                                models.Value(1, models.IntegerField()),
                                            ),
                                            output_field=models.DateField(),
                                        )
                                    ),
                                    1,
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="evidence_sourcedescriptor_entered_precision",
                        violation_error_message="entered_on: a date needs its precision (day, month or year) and is stored as the last day it may mean; leave both empty when it is not stated.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("ended_on_precision", "")),
                            models.Q(("ended_on__isnull", False), ("ended_on_precision", "day")),
                            models.Q(
                                ("ended_on__isnull", False),
                                ("ended_on_precision", "month"),
                                django.db.models.lookups.Exact(
                                    django.db.models.functions.datetime.ExtractDay(
                                        models.ExpressionWrapper(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("ended_on"),
                                                "+",
                                                models.Value(1, models.IntegerField()),
                                            ),
                                            output_field=models.DateField(),
                                        )
                                    ),
                                    1,
                                ),
                            ),
                            models.Q(
                                ("ended_on__isnull", False),
                                ("ended_on_precision", "year"),
                                django.db.models.lookups.Exact(
                                    django.db.models.functions.datetime.ExtractDay(
                                        models.ExpressionWrapper(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("ended_on"),
                                                "+",
                                                models.Value(1, models.IntegerField()),
                                            ),
                                            output_field=models.DateField(),
                                        )
                                    ),
                                    1,
                                ),
                                django.db.models.lookups.Exact(
                                    django.db.models.functions.datetime.ExtractMonth(
                                        models.ExpressionWrapper(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("ended_on"),
                                                "+",
                                                models.Value(1, models.IntegerField()),
                                            ),
                                            output_field=models.DateField(),
                                        )
                                    ),
                                    1,
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="evidence_sourcedescriptor_ended_precision",
                        violation_error_message="ended_on: a date needs its precision (day, month or year) and is stored as the last day it may mean; leave both empty when it is not stated.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("access_to_fact__regex", "\\S"),
                            ("expertise__regex", "\\S"),
                            ("motivation__regex", "\\S"),
                            ("validation__regex", "\\S"),
                            ("track_record__regex", "\\S"),
                            ("deception__regex", "\\S"),
                            ("currency__regex", "\\S"),
                            ("technical__regex", "\\S"),
                            _connector="OR",
                        ),
                        name="evidence_descriptor_says_something",
                        violation_error_message="A descriptor says something of at least one factor.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("source",),
                        name="evidence_descriptor_one_open",
                        violation_error_message="A source has one descriptor that nothing has ended: end the earlier one.",
                    ),
                ],
            },
        ),
    ]
