"""The table of contents of the site."""

from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter

from initiatives.views import (
    browse,
    find_peers,
    home,
    initiative,
    maps,
    merging,
    opendata,
    overlaps,
    places,
    vocabulary,
)
from initiatives.views import machine as machines


class NameConverter(StringConverter):
    """Any name, but without NUL, which the database cannot be asked for."""

    regex = r"[^/\0]+"


register_converter(NameConverter, "name")

# For machines, in no language.
machine: list[URLPattern] = [
    path("livez", machines.livez, name="livez"),
    path("readyz", machines.readyz, name="readyz"),
    path("robots.txt", machines.robots, name="robots"),
    path("favicon.ico", machines.favicon, name="favicon"),
]

# For people, English at / and other languages behind their code.

# What somebody does: forms, buttons, and the pages of those who have signed in. They stand before the pages for
# reading, since an address such as initiatives/…/edit/ would be the page of a listing otherwise.
deeds: list[URLPattern | URLResolver] = [
    # Merging.
    path("desk/pairs/<slug:one>/<slug:other>/", merging.pair, name="desk-pair"),
    path("desk/pairs/<slug:one>/<slug:other>/not-the-same/", merging.not_the_same, name="desk-not-the-same"),
    path("desk/listings/<slug:public_id>/same/", merging.candidates, name="desk-candidates"),
    path("desk/merges/", merging.merges, name="desk-merges"),
    path("desk/merges/<slug:public_id>/undo/", merging.undo, name="merge-undo"),
    path("desk/merges/<slug:public_id>/confirm/", merging.confirm, name="merge-confirm"),
    path("desk/merges/<slug:public_id>/refuse/", merging.refuse, name="merge-refuse"),
    path("desk/merges/<slug:public_id>/overrule/", merging.overrule, name="merge-overrule"),
    path("merges/<slug:public_id>/objection/", merging.objection, name="merge-objection"),
]

# What everybody may read.
pages: list[URLPattern] = [
    path("", home.home, name="home"),
    path("initiatives/", browse.initiatives, name="initiatives"),
    path("initiatives/<slug:public_id>/", initiative.initiative, name="initiative-short"),
    path("initiatives/<slug:public_id>/<name:slug>/", initiative.initiative, name="initiative"),
    path("initiatives.csv", opendata.initiatives_csv, name="initiatives-csv"),
    path("map/", maps.map_page, name="map"),
    path("find-peers/", find_peers.find, name="find-peers"),
    path("groups/", overlaps.groups, name="groups"),
    path("groups.csv", opendata.groups_csv, name="groups-csv"),
    path("groups/<slug:public_id>.csv", opendata.group_csv, name="group-csv"),
    path("groups/<slug:public_id>/", overlaps.group, name="group"),
    path("cities/", places.cities, name="cities"),
    path("cities/<name:slug>/", places.city, name="city"),
    path("domains/", vocabulary.domains, name="domains"),
    path("domains/<slug:slug>/", vocabulary.domain, name="domain"),
    path("licences/", vocabulary.licences, name="licences"),
    path("licences/<name:spdx_id>/", vocabulary.licence, name="licence"),
    path("tags/", vocabulary.tags, name="tags"),
    path("tags/<name:slug>/", vocabulary.tag, name="tag"),
    path("platforms/", home.platforms, name="platforms"),
    path("about/", home.about, name="about"),
    path("accessibility/", home.accessibility, name="accessibility"),
    path("data/", opendata.data, name="data"),
]
