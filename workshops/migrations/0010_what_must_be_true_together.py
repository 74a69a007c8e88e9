"""Edits and sittings belong to their workshop's team; whoever has opened findings has seen a result.

A closed round may be opened again until somebody has seen a result: everybody at the reveal, a facilitator by opening the
findings to prepare. Where findings are there already, facilitators could open them before this migration.
"""

from django.db import migrations

from workshops.triggers import belongs, stays_home, trigger

BELONGS = {
    "edit": [("workshop", "workshop_id")],
    "sitting": [("round", "round_id"), ("participant", "participant_id")],
}

ROUND_STAYS = """
CREATE OR REPLACE FUNCTION parallax_round_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.closed_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' AND coalesce(current_setting('parallax.erasing', true), '') = 'on' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.closed_at IS NULL AND to_jsonb(NEW) - 'closed_at' = to_jsonb(OLD) - 'closed_at'
       AND NOT EXISTS (SELECT 1 FROM workshops_workshop WHERE id = OLD.workshop_id AND revealed_at IS NOT NULL)
       {and_nobody_prepared}
       AND NOT EXISTS (SELECT 1 FROM workshops_item WHERE workshop_id = OLD.workshop_id AND revealed_at IS NOT NULL) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of a closed round is refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""
AND_NOBODY_PREPARED = (
    "AND NOT EXISTS (SELECT 1 FROM workshops_workshop WHERE id = OLD.workshop_id AND prepared_at IS NOT NULL)"
)

PREPARED = """
UPDATE workshops_workshop SET prepared_at = now() WHERE current_analysis_id IS NOT NULL;
"""

TRIGGERS = [
    *(belongs(table, pointers) for table, pointers in BELONGS.items()),
    *(stays_home(table, [pointers[0][1]]) for table, pointers in BELONGS.items()),
    trigger(
        "b_prepared",
        "workshop",
        "UPDATE",
        "parallax_refuse",
        "'who has opened the findings has seen them'",
        only="OLD.prepared_at IS NOT NULL AND NEW.prepared_at IS NULL",
    ),
]
DROPPED = [
    *(f"DROP TRIGGER {name} ON workshops_{table};" for table in BELONGS for name in ("a_belongs", "a_home")),
    "DROP TRIGGER b_prepared ON workshops_workshop;",
]


class Migration(migrations.Migration):
    dependencies = [("workshops", "0009_together")]

    operations = [
        migrations.RunSQL(PREPARED, migrations.RunSQL.noop),
        migrations.RunSQL(
            [ROUND_STAYS.format(and_nobody_prepared=AND_NOBODY_PREPARED), *TRIGGERS],
            [ROUND_STAYS.format(and_nobody_prepared=""), *DROPPED],
        ),
    ]
