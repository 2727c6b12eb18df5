"""Names of countries and languages in the reader's language: `{{ "BE"|country_name }}`."""

from django import template

from initiatives import places

register = template.Library()
register.filter("country_name", places.country_name)
register.filter("language_name", places.language_name)
register.filter("own_language_name", places.own_language_name)
