"""Composite foreign key: a translation, redaction or extract belongs to its original's item."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql="""
                ALTER TABLE evidence_exhibit ADD CONSTRAINT evidence_exhibit_of_exhibit_same_item
                    FOREIGN KEY (item_id, of_exhibit_id)
                    REFERENCES evidence_exhibit (item_id, id)
                    DEFERRABLE INITIALLY DEFERRED
            """,
            reverse_sql="""
                ALTER TABLE evidence_exhibit DROP CONSTRAINT evidence_exhibit_of_exhibit_same_item
            """,
        ),
    ]
