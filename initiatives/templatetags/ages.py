"""`{{ row.since|age }}`: “for 5 days”."""

from django import template

from initiatives import ages

register = template.Library()
register.filter("age", ages.age)
