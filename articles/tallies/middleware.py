"""Has the tallies at the present before a reader's page is made."""

from articles.tallies.settling import settle_if_due

# What says nothing of how much there is.
UNCOUNTED = {"healthz", "readyz", "metrics", "robots", "picture", "preview", "search", "suggest"}


class Settled:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, *view):
        found = request.resolver_match
        if found.app_name == "articles" and found.url_name not in UNCOUNTED:
            settle_if_due()
