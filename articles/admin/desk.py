"""What every list and form of the admin shares: calm answers to parameters that make no sense."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.http import HttpResponseRedirect
from django.utils.translation import gettext

DATE_PARTS = {"year": range(1970, 2101), "month": range(1, 13), "day": range(1, 32)}


def is_number_in(numbers: range, text: str) -> bool:
    return text.isdecimal() and len(text) <= len(str(numbers[-1])) and int(text) in numbers


class DeskAdmin(admin.ModelAdmin):
    list_per_page = 50

    def known_lookups(self) -> set[str]:
        """Return the query parameters of the declared filters and the date hierarchy."""
        known = {f"{self.date_hierarchy}__{part}" for part in DATE_PARTS if self.date_hierarchy}
        for item in self.list_filter:
            if hasattr(item, "parameter_name"):
                known.add(item.parameter_name)
            else:
                field = item if isinstance(item, str) else item[0]
                known |= {f"{field}__{suffix}" for suffix in ("exact", "id__exact", "isnull")}
        return known

    def lookup_allowed(self, lookup, value, request=None):
        """Allow what the filters offer. Django allows any lookup on own fields: a broken regex ends in an error."""
        field, _, part = lookup.rpartition("__")
        is_date = field == self.date_hierarchy and part in DATE_PARTS
        if lookup not in self.known_lookups() or (is_date and not is_number_in(DATE_PARTS[part], value)):
            raise IncorrectLookupParameters(lookup)
        return True

    def response_action(self, request, queryset):
        """Refuse keys that are no numbers, which Django would hand to the database."""
        if all(key.isdecimal() and len(key) < 19 for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            return super().response_action(request, queryset)
        self.message_user(request, gettext("The selection makes no sense."), messages.WARNING)
        return HttpResponseRedirect(request.get_full_path())

    def get_changeform_initial_data(self, request):
        """Fill in nothing from the address: a date of nonsense there would end in an error."""
        return {}
