"""SQL of triggers, for migrations. The functions that they call are made in migration 0002."""


def trigger(name, table, when, function, arguments="", *, only=""):
    """A trigger of one of our tables, before each row; `only` is a condition on OLD and NEW."""
    condition = f"WHEN ({only}) " if only else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {when} ON workshops_{table} FOR EACH ROW {condition}"
        f"EXECUTE FUNCTION {function}({arguments});"
    )


def belongs(table, pointers):
    """Fills in the row's team from its parent, the first of `pointers`, and keeps what it points to in one workshop."""
    arguments = ", ".join(f"'workshops_{to}', '{column}'" for to, column in pointers)
    return trigger("a_belongs", table, "INSERT OR UPDATE", "parallax_belong", arguments)


def stays_home(table, columns):
    """A row never moves to another parent."""
    return trigger("a_home", table, "UPDATE", "parallax_refuse", "'it stays where it was made'", only=changed(columns))


def changed(columns):
    """Whether an update changes one of these columns."""
    return " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
