from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    @transaction.atomic
    def of_email(self, email, name=""):
        """The account of this address, made when there is none. It has no password: it signs in by e-mailed code."""
        defaults = {"name": name, "password": make_password(None)}
        user, made = self.get_or_create(email=email.strip().lower(), defaults=defaults)
        if made:  # allauth's own record of the address; the first code that arrives there confirms it
            EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """An account: an e-mail address and the name others see."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_staff = models.BooleanField(_("may use the operator's pages"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    objects = UserManager()

    def __str__(self):
        return self.name or self.email
