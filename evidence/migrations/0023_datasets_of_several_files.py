import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Backwards, an item with two files of one table must lose one of these datasets first."""

    dependencies = [
        ("evidence", "0022_source_descriptors"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="dataset",
            name="evidence_dataset_one_of_a_table",
        ),
        migrations.AddConstraint(
            model_name="dataset",
            constraint=models.UniqueConstraint(
                fields=("exhibit", "table"),
                name="evidence_dataset_file_is_a_table_once",
                violation_error_message="This file is already read as that table: remove that dataset first.",
            ),
        ),
        migrations.AddField(
            model_name="dataset",
            name="stated",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="figure",
            name="others",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(),
                blank=True,
                default=list,
                help_text="Keys of further items whose files it was computed from.",
                size=None,
            ),
        ),
    ]
