"""A case is marked at least as highly as everything linked to it.

When an item gains a marking after it was linked, the cases it is linked to gain it in the same
statement: whoever sees a case sees all of it, so no item may outrank its case for a moment.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("casemgr", "0003_change_capture"),
        ("evidence", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            sql="""
                CREATE FUNCTION casemgr_raise_cases() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    UPDATE casemgr_case SET
                        markings = ARRAY(
                            SELECT DISTINCT code FROM unnest(markings || NEW.markings) AS code
                             ORDER BY code),
                        revision = revision + 1
                     WHERE NOT NEW.markings <@ markings AND id IN (
                        SELECT case_id FROM casemgr_caseelement
                          JOIN casemgr_link ON case_element_id = casemgr_caseelement.id
                         WHERE item_id = NEW.id);
                    RETURN NULL;
                END $$;
                CREATE TRIGGER casemgr_raise_cases AFTER UPDATE OF markings
                    ON evidence_evidenceitem FOR EACH ROW
                    WHEN (OLD.markings IS DISTINCT FROM NEW.markings)
                    EXECUTE FUNCTION casemgr_raise_cases();
            """,
            reverse_sql="""
                DROP TRIGGER casemgr_raise_cases ON evidence_evidenceitem;
                DROP FUNCTION casemgr_raise_cases();
            """,
        ),
    ]
