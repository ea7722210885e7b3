"""Index the words of the items that were there before their index was."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("evidence", "0004_words_are_indexed")]

    operations = [
        migrations.RunSQL(
            sql="SELECT evidence_index_item(id) FROM evidence_evidenceitem",
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
