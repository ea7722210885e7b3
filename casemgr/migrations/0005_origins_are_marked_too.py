"""A case is marked at least as highly as all that its evidence comes from.

The groups of corroboration and the digests of a case name origins, so whoever sees a case reads
of them: what an item comes from counts for the markings of the case as the item itself does.
"""

from django.db import migrations

_RAISE = """
    CREATE OR REPLACE FUNCTION casemgr_raise_cases_on(of_item bigint, codes varchar[])
    RETURNS void LANGUAGE sql AS $$
        WITH RECURSIVE below (id) AS (
            SELECT of_item UNION
            SELECT child_id FROM evidence_derivation JOIN below ON parent_item_id = below.id)
        UPDATE casemgr_case SET
            markings = ARRAY(SELECT DISTINCT code FROM unnest(markings || codes) AS code
                              ORDER BY code),
            revision = revision + 1
         WHERE NOT codes <@ markings AND id IN (
            SELECT case_id FROM casemgr_caseelement
              JOIN casemgr_link ON case_element_id = casemgr_caseelement.id
              JOIN below ON item_id = below.id);
    $$;
    CREATE OR REPLACE FUNCTION casemgr_raise_cases() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM casemgr_raise_cases_on(NEW.id, NEW.markings);
        RETURN NULL;
    END $$;
    CREATE FUNCTION casemgr_raise_cases_of_origin() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        codes varchar[];
    BEGIN
        WITH RECURSIVE above (id) AS (
            SELECT NEW.parent_item_id UNION
            SELECT parent_item_id FROM evidence_derivation JOIN above ON child_id = above.id
             WHERE parent_item_id IS NOT NULL)
        SELECT array_agg(DISTINCT code) INTO codes
          FROM above JOIN evidence_evidenceitem item ON item.id = above.id,
               unnest(item.markings) AS code;
        IF codes IS NOT NULL THEN
            PERFORM casemgr_raise_cases_on(NEW.child_id, codes);
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER casemgr_raise_cases_of_origin AFTER INSERT OR UPDATE OF child_id, parent_item_id
        ON evidence_derivation FOR EACH ROW WHEN (NEW.parent_item_id IS NOT NULL)
        EXECUTE FUNCTION casemgr_raise_cases_of_origin();
"""

_LOWER = """
    DROP TRIGGER casemgr_raise_cases_of_origin ON evidence_derivation;
    DROP FUNCTION casemgr_raise_cases_of_origin();
    CREATE OR REPLACE FUNCTION casemgr_raise_cases() RETURNS trigger LANGUAGE plpgsql AS $$
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
    DROP FUNCTION casemgr_raise_cases_on(bigint, varchar[]);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casemgr", "0004_markings_high_water"),
        ("evidence", "0002_versions_of_exhibits_stay_in_their_item"),
    ]

    operations = [migrations.RunSQL(sql=_RAISE, reverse_sql=_LOWER)]
