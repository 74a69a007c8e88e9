from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac


class BucketQuerySet(models.QuerySet):
    @transaction.atomic
    def take(self, name, key, *, most, seconds):
        """Take one drop out of a bucket that holds `most` and fills up again within `seconds`.

        Kept in PostgreSQL, so that limits hold over all web processes and while Redis is away. Of `key`, an address
        or a person, only a keyed hash is kept.

        Returns
        -------
        bool
            False when it is empty: the caller has to wait.
        """
        digest = salted_hmac("workshops.bucket", f"{name} {key}", algorithm="sha256").hexdigest()
        now = timezone.now()
        self.bulk_create([Bucket(digest=digest, left=most, at=now)], ignore_conflicts=True)
        bucket = self.select_for_update().get(digest=digest)
        elapsed = max((now - bucket.at).total_seconds(), 0)
        left = min(bucket.left + elapsed * most / seconds, most)
        enough = left >= 1
        self.filter(pk=bucket.pk).update(left=left - enough, at=now)
        return enough

    def peek(self, name, key, *, most, seconds):
        """Whether a drop is left; takes none."""
        digest = salted_hmac("workshops.bucket", f"{name} {key}", algorithm="sha256").hexdigest()
        bucket = self.filter(digest=digest).first()
        if bucket is None:
            return True
        elapsed = max((timezone.now() - bucket.at).total_seconds(), 0)
        return bucket.left + elapsed * most / seconds >= 1


class Bucket(models.Model):
    """How many attempts of one kind somebody has left."""

    digest = models.CharField(max_length=64, unique=True)
    left = models.FloatField()
    at = models.DateTimeField()

    objects = BucketQuerySet.as_manager()

    def __str__(self):
        return f"{self.left:.1f}"
