from django.shortcuts import render
from django.views.decorators.http import require_safe

from workshops.comparison import Comparison

from .opening import not_shown_yet, results_for, shared


@require_safe
def compare(request, public_id):
    """Any two perspectives side by side, like a code diff; before the reveal, what is still missing."""
    results = results_for(request, public_id)
    if not results.is_shown:
        return not_shown_yet(request, results)
    comparison = Comparison(results, request.GET.get("left", ""), request.GET.get("right", ""))
    part = "#comparison" if comparison.pair and request.GET.get("part") == "comparison" else ""
    return render(request, f"workshops/compare.html{part}", shared(results) | {"comparison": comparison})
