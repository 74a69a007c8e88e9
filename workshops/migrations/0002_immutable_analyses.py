from django.db import migrations

# An analysis and its findings are never changed. They are deleted only in a transaction that says it erases: a person's
# data, or a sample with all of it.
FORWARD = """
CREATE FUNCTION parallax_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('parallax.erasing', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% of % is refused: it never changes', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER analysis_never_changes BEFORE UPDATE OR DELETE ON workshops_analysis
    FOR EACH ROW EXECUTE FUNCTION parallax_refuse_change();
CREATE TRIGGER finding_never_changes BEFORE UPDATE OR DELETE ON workshops_finding
    FOR EACH ROW EXECUTE FUNCTION parallax_refuse_change();
"""

BACKWARD = """
DROP TRIGGER finding_never_changes ON workshops_finding;
DROP TRIGGER analysis_never_changes ON workshops_analysis;
DROP FUNCTION parallax_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("workshops", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
