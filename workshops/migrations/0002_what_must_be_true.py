"""Rules that no constraint on one row can hold, as triggers.

- A row's team is its parent's, what it points to belongs to the same workshop, and it never moves to another parent.
- Answers lie on the scales of their round. A closed round takes no answer but a late one, and none of it changes; it may
  be opened again until anything was revealed, and what was revealed stays so.
- An analysis and its findings never change.
- Candour only tightens once somebody has answered.
- All of this may be deleted in a transaction that says it erases: a person's data, or a workshop with all of it.
"""

from django.db import migrations

from workshops.triggers import belongs, changed, stays_home, trigger

# Null in a connection that never erased anything, so a plain comparison would be neither true nor false.
ERASING = "coalesce(current_setting('parallax.erasing', true), '') = 'on'"

FUNCTIONS = f"""
CREATE FUNCTION parallax_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND {ERASING} THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% of % is refused: it never changes', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

-- For triggers that say in their condition what is refused; the argument is the reason.
CREATE FUNCTION parallax_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: %', TG_OP, TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END $$;

-- Arguments: the table and column of the row's parent; then table and column of everything it points to.
CREATE FUNCTION parallax_belong() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    written jsonb := to_jsonb(NEW);
    home bigint;
    there bigint;
    target bigint;
BEGIN
    IF TG_ARGV[0] = 'workshops_workshop' THEN
        home := (written ->> TG_ARGV[1])::bigint;
        SELECT team_id INTO NEW.team_id FROM workshops_workshop WHERE id = home;
    ELSE
        EXECUTE format('SELECT workshop_id, team_id FROM %I WHERE id = $1', TG_ARGV[0])
            INTO home, NEW.team_id USING (written ->> TG_ARGV[1])::bigint;
    END IF;
    FOR n IN 1 .. TG_NARGS / 2 - 1 LOOP
        target := (written ->> TG_ARGV[2 * n + 1])::bigint;
        CONTINUE WHEN target IS NULL;
        EXECUTE format('SELECT workshop_id FROM %I WHERE id = $1', TG_ARGV[2 * n]) INTO there USING target;
        IF there IS DISTINCT FROM home THEN
            RAISE EXCEPTION '%.% points into another workshop', TG_TABLE_NAME, TG_ARGV[2 * n + 1]
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;

CREATE FUNCTION parallax_role_of_team() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT team_id FROM workshops_role WHERE id = NEW.role_id) IS DISTINCT FROM NEW.team_id AND NEW.role_id IS NOT NULL
    THEN
        RAISE EXCEPTION '%.role_id is a role of another team', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION parallax_segment_of_team() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.segment_id IS NOT NULL
       AND (SELECT team_id FROM workshops_segment WHERE id = NEW.segment_id) IS DISTINCT FROM NEW.team_id THEN
        RAISE EXCEPTION 'workshops_workshop.segment_id is a segment of another team'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION parallax_judgement_of_workshop() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT o.workshop_id FROM workshops_restatement r JOIN workshops_round o ON o.id = r.round_id
        WHERE r.id = NEW.restatement_id)
       IS DISTINCT FROM (SELECT workshop_id FROM workshops_participant WHERE id = NEW.participant_id) THEN
        RAISE EXCEPTION 'workshops_judgement.restatement_id points into another workshop'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION parallax_analysis_of_workshop() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.current_analysis_id IS NOT NULL
       AND (SELECT workshop_id FROM workshops_analysis WHERE id = NEW.current_analysis_id) IS DISTINCT FROM NEW.id THEN
        RAISE EXCEPTION 'workshops_workshop.current_analysis_id points into another workshop'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- A closed round's answers; the argument is the table through which the round is found, if not the row itself.
CREATE FUNCTION parallax_round_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    answer jsonb := CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
    round_id bigint;
BEGIN
    IF TG_NARGS = 0 THEN
        round_id := (answer ->> 'round_id')::bigint;
    ELSE
        SELECT r.round_id INTO round_id FROM workshops_restatement r WHERE r.id = (answer ->> 'restatement_id')::bigint;
    END IF;
    IF EXISTS (SELECT 1 FROM workshops_round WHERE id = round_id AND closed_at IS NOT NULL)
       AND NOT (TG_OP = 'INSERT' AND (answer ->> 'late')::boolean IS TRUE)
       AND NOT (TG_OP = 'DELETE' AND {ERASING}) THEN
        RAISE EXCEPTION '% of % is refused: its round is closed', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION parallax_round_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.closed_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' AND {ERASING} THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.closed_at IS NULL AND to_jsonb(NEW) - 'closed_at' = to_jsonb(OLD) - 'closed_at'
       AND NOT EXISTS (SELECT 1 FROM workshops_workshop WHERE id = OLD.workshop_id AND revealed_at IS NOT NULL)
       AND NOT EXISTS (SELECT 1 FROM workshops_item WHERE workshop_id = OLD.workshop_id AND revealed_at IS NOT NULL) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of a closed round is refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION parallax_scales_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM workshops_rating WHERE round_id = OLD.id) THEN
        RAISE EXCEPTION 'the scales of a round that was answered never change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- What the three questions above ask, and the scales, in one look-up whose plan is kept: there may be a million ratings.
CREATE FUNCTION parallax_rating_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked record;
BEGIN
    SELECT o.*, p.workshop_id AS of_participant, i.workshop_id AS of_item INTO asked
        FROM workshops_round o
        LEFT JOIN workshops_participant p ON p.id = NEW.participant_id
        LEFT JOIN workshops_item i ON i.id = NEW.item_id
        WHERE o.id = NEW.round_id;
    NEW.team_id := asked.team_id;
    IF asked.of_participant IS DISTINCT FROM asked.workshop_id OR asked.of_item IS DISTINCT FROM asked.workshop_id THEN
        RAISE EXCEPTION 'workshops_rating.% points into another workshop',
            CASE WHEN asked.of_item IS DISTINCT FROM asked.workshop_id THEN 'item_id' ELSE 'participant_id' END
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF asked.closed_at IS NOT NULL AND NOT (TG_OP = 'INSERT' AND NEW.late) THEN
        RAISE EXCEPTION '% of workshops_rating is refused: its round is closed', TG_OP USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT (coalesce(NEW.importance <= asked.importance_levels, NEW.importance IS NULL)
        AND coalesce(NEW.expected <= asked.importance_levels, NEW.expected IS NULL)
        AND coalesce(NEW.satisfaction <= asked.satisfaction_levels, NEW.satisfaction IS NULL)
        AND coalesce(NEW.evidence < asked.evidence_levels, NEW.evidence IS NULL)
        AND coalesce(NEW.same_meaning < asked.same_meaning_levels, NEW.same_meaning IS NULL)) THEN
        RAISE EXCEPTION 'an answer is off the scale of its round' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION parallax_candour_tightens() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    modes text[] := ARRAY['open', 'roles', 'team'];
BEGIN
    IF (array_position(modes, NEW.candour::text) < array_position(modes, OLD.candour::text)
        OR NEW.k < OLD.k)
       AND (EXISTS (SELECT 1 FROM workshops_statement WHERE workshop_id = OLD.id)
            OR EXISTS (SELECT 1 FROM workshops_readiness WHERE workshop_id = OLD.id)
            OR EXISTS (SELECT 1 FROM workshops_link WHERE workshop_id = OLD.id)
            OR EXISTS (SELECT 1 FROM workshops_rating r JOIN workshops_round o ON o.id = r.round_id
                       WHERE o.workshop_id = OLD.id)
            OR EXISTS (SELECT 1 FROM workshops_restatement r JOIN workshops_round o ON o.id = r.round_id
                       WHERE o.workshop_id = OLD.id)) THEN
        RAISE EXCEPTION 'candour only tightens once somebody has answered' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""

# table: its parent's table and column, then what else it points to
BELONGS = {
    "participant": [("workshop", "workshop_id")],
    "item": [("workshop", "workshop_id"), ("item", "parent_id")],
    "statement": [("workshop", "workshop_id"), ("participant", "participant_id"), ("item", "item_id")],
    "link": [
        ("workshop", "workshop_id"),
        ("participant", "participant_id"),
        ("statement", "from_statement_id"),
        ("statement", "to_statement_id"),
        ("item", "from_item_id"),
        ("item", "to_item_id"),
    ],
    "readiness": [("workshop", "workshop_id"), ("participant", "participant_id")],
    "round": [("workshop", "workshop_id")],
    "rounditem": [("round", "round_id"), ("item", "item_id")],
    "roundperson": [("round", "round_id"), ("participant", "participant_id")],
    "restatement": [("round", "round_id"), ("participant", "participant_id"), ("item", "item_id")],
    "judgement": [("participant", "participant_id")],
    "topic": [("workshop", "workshop_id"), ("item", "item_id")],
    "merge": [("workshop", "workshop_id"), ("statement", "one_id"), ("statement", "other_id")],
    "glossaryentry": [("workshop", "workshop_id"), ("item", "item_id")],
    "outcome": [
        ("workshop", "workshop_id"),
        ("item", "item_id"),
        ("round", "round_id"),
        ("participant", "owner_id"),
    ],
    "analysis": [("workshop", "workshop_id")],
    "finding": [("analysis", "analysis_id"), ("item", "item_id")],
    "job": [("workshop", "workshop_id")],
}


# table: the columns that say where a row is at home
HOMES = {
    "role": ["team_id"],
    "membership": ["team_id"],
    "segment": ["team_id"],
    "workshop": ["team_id"],
    **{table: [to[0][1]] for table, to in BELONGS.items()},
    "rating": ["round_id"],
    "judgement": ["participant_id", "restatement_id"],
}
SCALES = ["importance_levels", "satisfaction_levels", "evidence_levels", "same_meaning_levels"]


def _stays_revealed(table):
    hidden_again = "OLD.revealed_at IS NOT NULL AND NEW.revealed_at IS NULL"
    return trigger("b_revealed", table, "UPDATE", "parallax_refuse", "'what was revealed stays so'", only=hidden_again)


# Triggers of one table fire by name: a row belongs before anything else is asked.
TRIGGERS = [
    *(belongs(table, pointers) for table, pointers in BELONGS.items()),
    *(stays_home(table, columns) for table, columns in HOMES.items()),
    trigger("b_role", "participant", "INSERT OR UPDATE", "parallax_role_of_team"),
    trigger("b_role", "membership", "INSERT OR UPDATE", "parallax_role_of_team"),
    trigger("b_segment", "workshop", "INSERT OR UPDATE", "parallax_segment_of_team"),
    trigger("b_judged", "judgement", "INSERT OR UPDATE", "parallax_judgement_of_workshop"),
    trigger("b_analysis", "workshop", "INSERT OR UPDATE", "parallax_analysis_of_workshop"),
    _stays_revealed("workshop"),
    _stays_revealed("item"),
    trigger("b_candour", "workshop", "UPDATE", "parallax_candour_tightens"),
    trigger("a_fits", "rating", "INSERT OR UPDATE", "parallax_rating_fits"),
    trigger("b_open", "rating", "DELETE", "parallax_round_is_open"),
    trigger("b_open", "restatement", "INSERT OR UPDATE OR DELETE", "parallax_round_is_open"),
    trigger("b_open", "judgement", "INSERT OR UPDATE OR DELETE", "parallax_round_is_open", "'restatement'"),
    trigger("b_open", "rounditem", "INSERT OR UPDATE OR DELETE", "parallax_round_is_open"),
    trigger("b_open", "roundperson", "INSERT OR UPDATE OR DELETE", "parallax_round_is_open"),
    trigger("b_stays", "round", "UPDATE OR DELETE", "parallax_round_stays"),
    trigger("c_scales", "round", "UPDATE", "parallax_scales_stay", only=changed(SCALES)),
    trigger("b_never_changes", "analysis", "UPDATE OR DELETE", "parallax_refuse_change"),
    trigger("b_never_changes", "finding", "UPDATE OR DELETE", "parallax_refuse_change"),
]

NAMES = [
    "refuse_change",
    "refuse",
    "belong",
    "role_of_team",
    "segment_of_team",
    "judgement_of_workshop",
    "analysis_of_workshop",
    "round_is_open",
    "round_stays",
    "scales_stay",
    "rating_fits",
    "candour_tightens",
]


class Migration(migrations.Migration):
    dependencies = [("workshops", "0001_initial")]

    operations = [
        migrations.RunSQL(
            [FUNCTIONS, *TRIGGERS], [f"DROP FUNCTION parallax_{name}() CASCADE;" for name in reversed(NAMES)]
        )
    ]
