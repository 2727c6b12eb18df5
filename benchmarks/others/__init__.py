"""Other engines, on the same listings as ours. Each module answers one question and tells what it took.

NEEDS     the package to import and the name to install it by; None where our own requirements have it
QUESTION  neighbours, one (peers of one listing), same or groups
measured  (directory) → seconds, and what was found, so that nobody is quick by doing nothing
"""

NAMES = ("trigrams", "nearest_vectors", "nearest_words", "splink_pairs", "dedupe_pairs", "umap_groups")
