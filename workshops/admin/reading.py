from django.contrib.admin import ModelAdmin, ShowFacets


class ReadOnly(ModelAdmin):
    """Lists and shows rows. Nothing can be added, changed or deleted, and no address asks for more than is shown."""

    show_facets = ShowFacets.NEVER
    list_per_page = 50
    show_full_result_count = False

    def get_fields(self, request, obj=None):
        """What `fields` names; a model that gains a field does not show it by that."""
        return self.fields

    def has_add_permission(self, request):
        """Rows are made on the site's own pages."""
        return False

    def has_change_permission(self, request, obj=None):
        """Rows are changed on the site's own pages."""
        return False

    def has_delete_permission(self, request, obj=None):
        """What is erased is erased whole, by a command."""
        return False

    def lookup_allowed(self, lookup, value, request):
        """Only the filters that the page offers: `?ratings__isnull=` would tell who has answered."""
        offered = self.get_list_filter(request)
        return lookup in {f"{name}__{how}" for name in offered for how in ("exact", "id__exact", "isnull")}

    def get_queryset(self, request):
        """With what the list shows of other tables, so that a longer list asks no more often."""
        rows = super().get_queryset(request)
        return rows.select_related(*self.list_select_related) if self.list_select_related else rows
