"""The editors' desk: Django's admin with the project's own look, forms and lists."""

from articles.admin import articles, columns, links, people, pictures, site, synonyms, topics

__all__ = ["articles", "columns", "links", "people", "pictures", "site", "synonyms", "topics"]
