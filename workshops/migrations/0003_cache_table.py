from django.db import migrations

# What `createcachetable` makes, so that `migrate` alone sets an installation up.
FORWARD = """
CREATE TABLE IF NOT EXISTS cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX IF NOT EXISTS cache_expires ON cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("workshops", "0002_what_must_be_true")]

    operations = [migrations.RunSQL(FORWARD, "DROP TABLE cache;")]
