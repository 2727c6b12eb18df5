"""Reasons in the reader's language: the engine gives evidence as data, here it becomes a sentence.

Evidence is marked (`<mark>`) in pages; files get the same sentence as plain text.
"""

from initiatives.models.telling.book import Book, Told
from initiatives.models.telling.names import group_name
from initiatives.models.telling.words import and_list, distance

__all__ = ["Book", "Told", "and_list", "distance", "group_name"]
