"""Readers' addresses."""

app_name = "articles"
urlpatterns = []
