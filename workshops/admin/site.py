from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.auth.views import LogoutView
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

# There are no passwords, nothing is chosen from a list that completes itself, and no row has a page elsewhere.
NOT_NEEDED = {"password_change", "password_change_done", "autocomplete", "view_on_site"}


class OperatorSite(AdminSite):
    """Django's admin, entered by the e-mailed code like every other page. For others than operators it is not there."""

    site_title = _("Operator’s pages")
    site_header = _("Parallax: operator’s pages")
    index_title = _("On this server")

    def get_urls(self):
        """Django's addresses, but for those without use here."""
        return [pattern for pattern in super().get_urls() if getattr(pattern, "name", None) not in NOT_NEEDED]

    def admin_view(self, view, cacheable=False):
        """Strangers are sent to sign in; whoever is signed in and no operator finds no such page."""
        guarded = super().admin_view(view, cacheable)

        def answer(request, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return guarded(request, *args, **kwargs)

        return answer

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        """The site's own sign-in, which comes back to the page that was asked for."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise Http404
        wanted = request.GET.get("next") or reverse("admin:index")
        return redirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")

    def logout(self, request, extra_context=None):
        """End the session, by POST; the start page follows."""
        return LogoutView.as_view(next_page=reverse_lazy("home"))(request)


operator_site = OperatorSite()
