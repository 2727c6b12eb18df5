"""What tells a listing, as PostgreSQL indexes it: the words of its name, and its site."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

# “A.V.I.S.” is one word, as `overlap.names.name_words` has it; an index holds exactly this expression.
NAME_WORDS = models.Func(
    models.Func(models.F("sort_key"), models.Value("."), models.Value(""), function="replace"),
    models.Value("[^[:alnum:]]+"),
    function="regexp_split_to_array",
    output_field=ArrayField(models.TextField()),
)
# Without scheme and `www.`, so that a site is a prefix; an index holds exactly this expression, too.
SITE = models.Func(
    Lower("primary_url"),
    models.Value("^[a-z]+://(www[.])?"),
    models.Value(""),
    function="regexp_replace",
    output_field=models.TextField(),
)
