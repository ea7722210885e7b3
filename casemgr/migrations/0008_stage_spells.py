"""How long each case stood in each stage, kept by the database and filled from the changes."""

import django.db.models.deletion
from django.db import migrations, models

from casemgr.ledger import spells


class Migration(migrations.Migration):
    dependencies = [
        ("casemgr", "0007_oldest_serious_flag"),
    ]

    operations = [
        migrations.CreateModel(
            name="StageSpell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("evidence-building", "evidence building"),
                            ("legal-review", "legal review"),
                            ("ready-for-decision", "ready for decision"),
                            ("decided", "decided"),
                            ("declined", "declined"),
                            ("closed", "closed"),
                            ("delisting-review", "delisting review"),
                        ],
                        max_length=20,
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spells",
                        to="casemgr.case",
                    ),
                ),
            ],
            options={
                "ordering": ("case", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("case",),
                        name="casemgr_stagespell_one_present",
                        violation_error_message="A case stands in one stage at a time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("ended_at__gte", models.F("began_at")),
                            _connector="OR",
                        ),
                        name="casemgr_stagespell_order",
                        violation_error_message="A spell begins before it ends.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            sql=spells.STATED + spells.FUNCTION + spells.FROM_HISTORY, reverse_sql=spells.DROP
        ),
    ]
