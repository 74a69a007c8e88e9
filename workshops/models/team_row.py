from django.db import models


class TeamRow(models.Model):
    """A row that belongs to a team through its parent.

    The database fills `team` in from the parent (migration 0002), so it is never wrong, and data can be moved or split
    by team without walking up.
    """

    team = models.ForeignKey("workshops.Team", models.CASCADE, related_name="+", editable=False)

    class Meta:
        abstract = True
