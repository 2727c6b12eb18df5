"""The history: what the database remembers of every change, and how it is told."""

from initiatives.models.remembering.events import HistoryEvent, Move

__all__ = ["HistoryEvent", "Move"]
