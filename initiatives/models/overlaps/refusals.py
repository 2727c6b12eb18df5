from initiatives.models.moderation import IllegalMove


class IllegalDeed(IllegalMove):
    """A deed on a group or a pair that is not possible now, in a sentence fit for people."""
