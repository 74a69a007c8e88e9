from allauth.account import views as accounts
from django.urls import include, path

from workshops.accounts import strangers_only
from workshops.admin import operator_site
from workshops.views import site

handler403 = site.permission_denied
handler404 = site.page_not_found
handler500 = site.server_error

# Signing in is by e-mailed code alone, so of allauth's pages only these are reachable.
sign_in = [
    path("sign-in/", accounts.request_login_code, name="account_login"),
    path("sign-in/", accounts.request_login_code, name="account_request_login_code"),
    path("sign-in/code/", accounts.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/inactive/", accounts.account_inactive, name="account_inactive"),
    path("sign-up/", accounts.signup, name="account_signup"),
    path("sign-up/code/", strangers_only(accounts.email_verification_sent), name="account_email_verification_sent"),
    path("sign-out/", accounts.logout, name="account_logout"),
]

urlpatterns = [
    path("", include("workshops.urls")),
    *sign_in,
    path("admin/", operator_site.urls),
]
