from django.db import migrations, models

import evidence.models.stated_number


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0020_stakes_rest_on_items"),
    ]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="tolerance",
            field=evidence.models.stated_number.StatedNumberField(
                blank=True, help_text='Percent; of "about" alone.', null=True
            ),
        ),
        migrations.AddField(
            model_name="claimcheck",
            name="tolerance",
            field=evidence.models.stated_number.StatedNumberField(null=True),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tolerance__isnull", True),
                    models.Q(
                        ("comparator", "about"), ("tolerance__gte", 0), ("tolerance__lte", 100)
                    ),
                    _connector="OR",
                ),
                name="evidence_claim_tolerance_of_about",
                violation_error_message="A tolerance is a percentage from 0 to 100, and of a number that is claimed as about: leave it out, or write about.",
            ),
        ),
    ]
