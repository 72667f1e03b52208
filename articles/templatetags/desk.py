"""The part of the admin's index that is the site's own."""

from django import template

from articles.admin.today import today_context

register = template.Library()


@register.inclusion_tag("admin/articles/today.html", takes_context=True)
def today(context):
    request = context["request"]
    return {"request": request, "csrf_token": context.get("csrf_token"), **today_context(request)}
