class StartError(Exception):
    """It cannot start. The message is for a person: what is wrong, and what to do."""
