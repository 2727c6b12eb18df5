"""`{{ initiative.description|markdown }}`, and addresses as people say them."""

from django import template

from initiatives.markdown import as_html
from initiatives.text import host, website

register = template.Library()
register.filter("markdown", as_html)
register.filter("url_host", host)
register.filter("website", website)
