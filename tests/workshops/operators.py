"""The operator, and every page of theirs."""

from django.core.management import call_command

from tests.workshops.breaking import row_of
from workshops.admin import operator_site
from workshops.models import User

TABLES = {model._meta.model_name: model for model in operator_site._registry}
OF_A_ROW = ("change", "history", "delete")
NO_ROW = 999_999_999


def operator():
    """An account that may use the operator's pages."""
    call_command("createowner", "operator@example.com", name="Otto", team="Operators", operator=True, verbosity=0)
    return User.objects.get(email="operator@example.com")


def row_in(table, workshop):
    """The id of a row of this table that belongs to the workshop or its team."""
    model = TABLES[table]
    return workshop.participants.get().user_id if model is User else row_of(model, workshop).pk


def list_of(table):
    """The address of a table's list."""
    return f"/admin/workshops/{table}/"


def pages_of(table, workshop):
    """Every address of one table, for a row of the workshop."""
    row = row_in(table, workshop)
    return [
        list_of(table),
        f"{list_of(table)}?all=&_facets=True&o=-1",
        f"{list_of(table)}add/",
        f"{list_of(table)}{row}/",
        *(f"{list_of(table)}{row}/{page}/" for page in OF_A_ROW),
    ]


def every_page(workshop):
    """Every address of the operator's pages, for rows of the workshop."""
    tables = [page for table in TABLES for page in pages_of(table, workshop)]
    return ["/admin/", "/admin/workshops/", "/admin/jsi18n/", "/admin/nowhere/", *tables]
