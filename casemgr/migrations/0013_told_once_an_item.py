"""Who was told of one item for each of its cases keeps the first unread notice."""

from django.db import migrations, models

THE_OTHERS_ARE_READ = """
UPDATE casemgr_notification AS later SET read_at = clock_timestamp()
 WHERE kind = 'not-whole' AND read_at IS NULL AND EXISTS (
    SELECT FROM casemgr_notification AS first
     WHERE first.kind = 'not-whole' AND first.read_at IS NULL AND first.id < later.id
       AND first.person_id = later.person_id AND first.item_id = later.item_id);
"""


class Migration(migrations.Migration):
    dependencies = [("casemgr", "0012_told_of_files_not_whole")]

    operations = [
        migrations.RemoveConstraint(
            model_name="notification",
            name="casemgr_notification_once_until_read",
        ),
        migrations.RunSQL(THE_OTHERS_ARE_READ, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "not-whole"), ("read_at", None)),
                fields=("person", "item"),
                name="casemgr_notification_once_until_read",
                violation_error_message="This person has yet to read that of this item.",
            ),
        ),
    ]
