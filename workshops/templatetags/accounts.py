from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def sign_up_is_open():
    """Whether strangers may open an account here."""
    return settings.OPEN_SIGN_UP
