"""A finding pasted from another is found by its words."""

from django.db import migrations, models
from django.db.models.functions import MD5, Lower


class Migration(migrations.Migration):
    dependencies = [
        ("casemgr", "0009_drafts_and_bookmarks"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="findingrevision",
            index=models.Index(
                MD5(
                    Lower(
                        models.Func(
                            models.Func(models.F("text"), function="btrim"),
                            models.Value("\\s+"),
                            models.Value(" "),
                            models.Value("g"),
                            function="regexp_replace",
                        )
                    )
                ),
                name="casemgr_findingrevision_words",
            ),
        ),
    ]
