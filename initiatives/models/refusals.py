"""What a deed raises that cannot be done now: a sentence fit for people, which pages show as it is."""


class IllegalMove(Exception):
    """The state of a listing, or of what is asked about it, does not allow it."""


class IllegalDeed(IllegalMove):
    """So for whatever else deeds are done on: groups and pairs, merges, many listings at once, roles and accounts."""
