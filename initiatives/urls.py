"""The table of contents of the site."""

from django.urls import URLPattern

# For machines, in no language.
machine: list[URLPattern] = []

# For people, English at / and other languages behind their code.
pages: list[URLPattern] = []
