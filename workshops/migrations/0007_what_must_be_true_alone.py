"""Links, devices and the audit trail belong to their workshop's team; what stands in the trail never changes.

Where names are hidden, roles freeze when the first rate round closes: else two invented guests would lift a role to k.
"""

from django.db import migrations

from workshops.triggers import belongs, changed, stays_home, trigger

BELONGS = {
    "personallink": [("participant", "participant_id")],
    "device": [("participant", "participant_id")],
    "auditentry": [("workshop", "workshop_id")],
}

FREEZE = """
CREATE FUNCTION parallax_role_freezes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM workshops_workshop w JOIN workshops_round o ON o.workshop_id = w.id
               WHERE w.id = OLD.workshop_id AND w.candour <> 'open' AND o.kind = 'rate' AND o.closed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'the role of a participant is fixed once a rating has closed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""

CONTINUES = """
CREATE FUNCTION parallax_continues_of_team() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.continues_id IS NOT NULL
       AND (SELECT team_id FROM workshops_workshop WHERE id = NEW.continues_id) IS DISTINCT FROM NEW.team_id THEN
        RAISE EXCEPTION 'workshops_workshop.continues_id is a workshop of another team'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""

TRIGGERS = [
    *(belongs(table, pointers) for table, pointers in BELONGS.items()),
    *(stays_home(table, [pointers[0][1]]) for table, pointers in BELONGS.items()),
    trigger("b_never_changes", "auditentry", "UPDATE OR DELETE", "parallax_refuse_change"),
    trigger("b_continues", "workshop", "INSERT OR UPDATE", "parallax_continues_of_team"),
    trigger(
        "c_freezes", "participant", "UPDATE", "parallax_role_freezes", only=changed(["role_id"])
    ),
]


class Migration(migrations.Migration):
    dependencies = [("workshops", "0006_alone")]

    operations = [
        migrations.RunSQL(
            [FREEZE, CONTINUES, *TRIGGERS],
            [
                "DROP FUNCTION parallax_role_freezes() CASCADE;",
                "DROP FUNCTION parallax_continues_of_team() CASCADE;",
                *(f"DROP TRIGGER a_belongs ON workshops_{table};" for table in BELONGS),
                *(f"DROP TRIGGER a_home ON workshops_{table};" for table in BELONGS),
                "DROP TRIGGER b_never_changes ON workshops_auditentry;",
            ],
        )
    ]
