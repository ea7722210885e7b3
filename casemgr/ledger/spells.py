"""The trigger that notes when a case enters and leaves a stage.

In the database and not in the actions, so that cases that are copied in, imported or mended by
hand have their history too.
"""

# SECURITY DEFINER: the application's role reads spells and causes them, but cannot write them.
FUNCTION = """
CREATE FUNCTION casemgr_note_stage() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $function$
DECLARE
    moment timestamptz := clock_timestamp();
BEGIN
    IF TG_OP = 'INSERT' THEN
        moment := least(moment, casemgr_stage_stated(NEW.stage, NEW.opened_on, NEW.decided_on));
    ELSE
        UPDATE casemgr_stagespell SET ended_at = greatest(began_at, moment)
         WHERE case_id = NEW.id AND ended_at IS NULL;
    END IF;
    INSERT INTO casemgr_stagespell (case_id, stage, began_at) VALUES (NEW.id, NEW.stage, moment);
    RETURN NULL;
END
$function$;
REVOKE ALL ON FUNCTION casemgr_note_stage() FROM PUBLIC;
CREATE TRIGGER casemgr_note_stage_added AFTER INSERT ON casemgr_case
    FOR EACH ROW EXECUTE FUNCTION casemgr_note_stage();
CREATE TRIGGER casemgr_note_stage_moved AFTER UPDATE OF stage ON casemgr_case
    FOR EACH ROW WHEN (OLD.stage IS DISTINCT FROM NEW.stage)
    EXECUTE FUNCTION casemgr_note_stage();
"""

# Noon UTC lies on the same calendar day almost everywhere.
STATED = """
CREATE FUNCTION casemgr_stage_stated(stage text, opened_on date, decided_on date)
RETURNS timestamptz LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $function$
    SELECT (CASE WHEN stage IN ('decided', 'delisting-review')
                 THEN coalesce(decided_on, opened_on) ELSE opened_on END
            + time '12:00') AT TIME ZONE 'UTC'
$function$;
"""

# What was moved before the spells were kept is in the history of changes.
FROM_HISTORY = """
INSERT INTO casemgr_stagespell (case_id, stage, began_at, ended_at)
SELECT case_id, stage, began_at,
       lead(began_at) OVER (PARTITION BY case_id ORDER BY seq)
  FROM (
    SELECT casemgr_case.id AS case_id, change.seq, change.payload #>> '{row,stage}' AS stage,
           CASE change.op WHEN 'I' THEN least(change.at, casemgr_stage_stated(
               change.payload #>> '{row,stage}', (change.payload #>> '{row,opened_on}')::date,
               (change.payload #>> '{row,decided_on}')::date)) ELSE change.at END AS began_at
      FROM casemgr_change AS change JOIN casemgr_case ON casemgr_case.id::text = change.key
     WHERE change."table" = 'casemgr_case'
       AND (change.op = 'I' OR change.op = 'U' AND jsonb_exists(change.payload -> 'was', 'stage'))
  ) AS moved;
"""

DROP = """
DROP TRIGGER casemgr_note_stage_moved ON casemgr_case;
DROP TRIGGER casemgr_note_stage_added ON casemgr_case;
DROP FUNCTION casemgr_note_stage();
DROP FUNCTION casemgr_stage_stated(text, date, date);
"""
