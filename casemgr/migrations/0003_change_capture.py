"""The trigger function that records every change, and the role that web and worker run as.

The trigger itself is put on every covered table after migrate (casemgr.ledger.triggers), when
the tables of all apps exist; the same step grants the role its privileges.
"""

from django.db import migrations

from casemgr.ledger import grants, triggers


class Migration(migrations.Migration):
    dependencies = [("casemgr", "0002_same_version_same_case")]

    operations = [
        migrations.RunSQL(sql=triggers.FUNCTION, reverse_sql=triggers.DROP_FUNCTION),
        migrations.RunSQL(sql=grants.CREATE_ROLE, reverse_sql=grants.DROP_GRANTS),
    ]
