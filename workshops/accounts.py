from functools import wraps

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.shortcuts import redirect


class AccountAdapter(DefaultAccountAdapter):
    """How Parallax uses allauth: accounts are made by an owner or the operator unless sign-up is opened."""

    def is_open_for_signup(self, request):
        """Whether strangers may open an account."""
        return settings.OPEN_SIGN_UP


def strangers_only(view):
    """Sends whoever is signed in home: there is nothing to sign up for."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        return redirect("home") if request.user.is_authenticated else view(request, *args, **kwargs)

    return guarded
