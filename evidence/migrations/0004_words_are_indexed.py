"""Full-text search over evidence: the table of words, and what keeps it.

Two configurations are indexed together: ``english`` finds "distilled" by "distillation",
``simple`` finds names, numbers and identifiers as they are written.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

INDEX_ITEM = """
CREATE FUNCTION evidence_index_item(one bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $function$
DECLARE
    named text;
    stated text;
    said text;
    words tsvector;
BEGIN
    SELECT concat_ws(' ', item.key, item.title, item.classified_reference),
           -- An address is one word to the parser: its parts are to be found as well.
           concat_ws(' ', source.name, source.key, item.citation,
               regexp_replace(item.citation, '[^[:alnum:]]+', ' ', 'g'),
               chips.item, chips.eccn, chips.exporter, array_to_string(chips.consignees, ' '),
               array_to_string(chips.route, ' '), chips.end_user, chips.license,
               accounts.provider, accounts.proxy_network, accounts.attribution_basis,
               array_to_string(accounts.evasion, ' '),
               array_to_string(accounts.capabilities, ' '),
               (SELECT string_agg(translate(filename, '._', '  '), ' ')
                  FROM evidence_exhibit WHERE item_id = one)),
           concat_ws(' ', item.summary, item.text)
      INTO named, stated, said
      FROM evidence_evidenceitem item
      LEFT JOIN evidence_source source ON source.id = item.source_id
      LEFT JOIN evidence_chipdiversionreport chips ON chips.item_id = item.id
      LEFT JOIN evidence_fraudulentaccountreport accounts ON accounts.item_id = item.id
     WHERE item.id = one;
    IF NOT FOUND THEN RETURN; END IF;
    -- A vector holds a megabyte; of a longer text the beginning is found.
    named := left(named, 1000); stated := left(stated, 20000); said := left(said, 100000);
    BEGIN
        words := setweight(to_tsvector('english', named) || to_tsvector('simple', named), 'A')
            || setweight(to_tsvector('english', stated) || to_tsvector('simple', stated), 'B')
            || setweight(to_tsvector('english', said) || to_tsvector('simple', said), 'C');
    EXCEPTION WHEN program_limit_exceeded THEN
        words := setweight(to_tsvector('simple', named), 'A');
    END;
    INSERT INTO evidence_searchtext (item_id, document) VALUES (one, words)
        ON CONFLICT (item_id) DO UPDATE SET document = EXCLUDED.document;
END
$function$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0003_keys_stand_in_addresses"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="search_text",
                        serialize=False,
                        to="evidence.evidenceitem",
                    ),
                ),
                ("document", django.contrib.postgres.search.SearchVectorField()),
            ],
        ),
        migrations.RunSQL(sql=INDEX_ITEM, reverse_sql="DROP FUNCTION evidence_index_item(bigint)"),
        pgtrigger.migrations.AddTrigger(
            model_name="chipdiversionreport",
            trigger=pgtrigger.compiler.Trigger(
                name="searchable",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM evidence_index_item(NEW.item_id); RETURN NULL;",
                    hash="1fabac19a80a7525178cce56f4bf6ec397ad101e",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_searchable_4d02b",
                    table="evidence_chipdiversionreport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidenceitem",
            trigger=pgtrigger.compiler.Trigger(
                name="searchable",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM evidence_index_item(NEW.id); RETURN NULL;",
                    hash="cd43cf2207fda1dbf1c511afc761aece65c0f980",
                    operation='INSERT OR UPDATE OF "title", "summary", "text", "citation", "source_id", "classified_reference"',
                    pgid="pgtrigger_searchable_df409",
                    table="evidence_evidenceitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exhibit",
            trigger=pgtrigger.compiler.Trigger(
                name="searchable",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM evidence_index_item(NEW.item_id); RETURN NULL;",
                    hash="b1b1c00e32d3dbffb121fdf15f10fb90c142125b",
                    operation='INSERT OR UPDATE OF "filename"',
                    pgid="pgtrigger_searchable_54ff2",
                    table="evidence_exhibit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fraudulentaccountreport",
            trigger=pgtrigger.compiler.Trigger(
                name="searchable",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM evidence_index_item(NEW.item_id); RETURN NULL;",
                    hash="a24179e68c248d1b4107f38c6ff0e4d232624977",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_searchable_1a54e",
                    table="evidence_fraudulentaccountreport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="searchable",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        PERFORM evidence_index_item(id) FROM evidence_evidenceitem WHERE source_id = NEW.id;\n        RETURN NULL;\n    ",
                    hash="b2b9625821af019cc3d27d6e213351040c2e6f3c",
                    operation='UPDATE OF "name"',
                    pgid="pgtrigger_searchable_1d378",
                    table="evidence_source",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="searchtext",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["document"], name="evidence_search_words"
            ),
        ),
    ]
