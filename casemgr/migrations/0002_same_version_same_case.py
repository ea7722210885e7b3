"""Composite foreign keys: what hangs on a pin or a case stays within its version and its case.

Django's own foreign keys name a row by its id alone; these name it together with its version or
its case, so that the database refuses an element of another version, or a fact about an element
of another case.
"""

from django.db import migrations


def _key(table, columns, target, target_columns):
    first, last = (column.removesuffix("_id") for column in (columns[0], columns[-1]))
    name = f"casemgr_{table}_{first}_in_same_{last}"
    return migrations.RunSQL(
        sql=f"""
            ALTER TABLE casemgr_{table} ADD CONSTRAINT {name}
                FOREIGN KEY ({", ".join(columns)}) REFERENCES {target} ({", ".join(target_columns)})
        """,
        reverse_sql=f"ALTER TABLE casemgr_{table} DROP CONSTRAINT {name}",
    )


def _target(table):
    """What a composite key points at must be unique together."""
    name = f"casemgr_{table}_of_version"
    return migrations.RunSQL(
        sql=f"CREATE UNIQUE INDEX {name} ON designations_{table} (version_id, id)",
        reverse_sql=f"DROP INDEX {name}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("casemgr", "0001_initial"),
        ("designations", "0002_elements_stay_in_their_version"),
    ]

    operations = [
        _target("consideration"),
        _target("prerequisite"),
        _key(
            "caseelement",
            ("pin_id", "case_id", "version_id"),
            "casemgr_pin",
            ("id", "case_id", "version_id"),
        ),
        _key(
            "caseelement",
            ("element_id", "version_id"),
            "designations_element",
            ("id", "version_id"),
        ),
        _key("caseelement", ("carries_id", "case_id"), "casemgr_caseelement", ("id", "case_id")),
        _key("considerationanswer", ("pin_id", "version_id"), "casemgr_pin", ("id", "version_id")),
        _key(
            "considerationanswer",
            ("consideration_id", "version_id"),
            "designations_consideration",
            ("id", "version_id"),
        ),
        _key("prerequisitemet", ("pin_id", "version_id"), "casemgr_pin", ("id", "version_id")),
        _key(
            "prerequisitemet",
            ("prerequisite_id", "version_id"),
            "designations_prerequisite",
            ("id", "version_id"),
        ),
        _key(
            "casedependency",
            ("on_element_id", "on_case_id"),
            "casemgr_caseelement",
            ("id", "case_id"),
        ),
        *(
            _key(table, ("case_element_id", "case_id"), "casemgr_caseelement", ("id", "case_id"))
            for table in ("comparatorcase", "priorposition", "recorddefect", "trackedflag")
        ),
    ]
