"""What belongs to people: given out to them, and taken out when they go (GDPR, articles 15, 17 and 20)."""

from initiatives.models.privacy.erasing import erase
from initiatives.models.privacy.own_data import own_data

__all__ = ["erase", "own_data"]
