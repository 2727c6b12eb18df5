"""One deed on many listings at once, and its undoing; and the lists that officers bring along."""

from initiatives.models.bulk.deeds import BulkDeed, BulkKind, BulkState
from initiatives.models.bulk.uploads import Upload, UploadState

__all__ = ["BulkDeed", "BulkKind", "BulkState", "Upload", "UploadState"]
