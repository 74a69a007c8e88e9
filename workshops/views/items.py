from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from workshops import item_page

from .opening import not_shown_yet, results_for, shared


@require_safe
def item(request, public_id, item_id):
    """One item with all that was said about it; before its reveal, what is still missing."""
    whole = results_for(request, public_id)
    found = get_object_or_404(whole.workshop.items, public_id=item_id)
    results = item_page.results_about(found, whole)
    if not item_page.is_shown(results):
        return not_shown_yet(request, whole)
    page = item_page.ItemPage(found, results, alone=results is not whole)
    part = "#item" if request.GET.get("part") == "item" else ""
    return render(request, f"workshops/item.html{part}", shared(results) | {"page": page})
