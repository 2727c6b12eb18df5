"""`{{ row.since|age }}`: “for 5 days”; `{{ event.days_waited|days }}`: “5 days”."""

from django import template

from initiatives import ages

register = template.Library()
register.filter("age", ages.age)
register.filter("days", ages.length)
