"""The oldest serious flag of a case is the first entry of an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casemgr", "0006_keys_stand_in_addresses"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="trackedflag",
            name="casemgr_flag_unresolved",
        ),
        migrations.AddIndex(
            model_name="trackedflag",
            index=models.Index(
                condition=models.Q(
                    ("cleared_on__isnull", True),
                    ("pending", False),
                    ("severity__in", ["fatal", "serious"]),
                ),
                fields=["case", "raised_on", "fingerprint"],
                name="casemgr_flag_oldest_serious",
            ),
        ),
    ]
