"""Composite foreign keys: a parent, and the element a step or aspect is of, share its version.

Django's own foreign keys name an element alone; these name it with its version, so that the
database refuses an element of another version. Checked at commit, because a tree is written in
any order.
"""

from django.db import migrations

_REFERENCES = (
    ("element", "parent_id"),
    ("consideration", "element_id"),
    ("prerequisite", "element_id"),
)


def _constraint(table: str, column: str) -> migrations.RunSQL:
    name = f"designations_{table}_{column.removesuffix('_id')}_same_version"
    return migrations.RunSQL(
        sql=f"""
            ALTER TABLE designations_{table} ADD CONSTRAINT {name}
                FOREIGN KEY (version_id, {column})
                REFERENCES designations_element (version_id, id)
                DEFERRABLE INITIALLY DEFERRED
        """,
        reverse_sql=f"ALTER TABLE designations_{table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("designations", "0001_initial")]

    operations = [_constraint(table, column) for table, column in _REFERENCES]
