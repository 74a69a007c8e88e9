"""Attempts to break what must be true in the database."""

import pytest
from django.db import DatabaseError, connection, transaction

from workshops.models import Team, Workshop
from workshops.models.public_id import new_public_id


def row_of(model, workshop):
    """The last row of `model` in the workshop's team."""
    if model in (Workshop, Team):
        return workshop if model is Workshop else workshop.team
    return model.objects.filter(team=workshop.team).order_by("pk").last()


def write(row, **values):
    """UPDATE in plain SQL, so that nothing of Django's stands before the database."""
    assignments = ", ".join(f"{column} = %s" for column in values)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {assignments} WHERE id = %s", [*values.values(), row.pk])  # noqa: S608
        assert cursor.rowcount == 1
    row.refresh_from_db()


def add_copy(row, **changes):
    """INSERT the row once more, with these changes."""
    copy = type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
    copy.pk = None
    if hasattr(copy, "public_id"):
        copy.public_id = new_public_id()
    for name, value in changes.items():
        setattr(copy, name, value)
    copy.save(force_insert=True)
    return copy


def refused(reason, change, *arguments, **values):
    """Calls `change`, which the database has to refuse for this reason; everything else stays done."""
    with pytest.raises(DatabaseError, match=reason), transaction.atomic():
        change(*arguments, **values)
