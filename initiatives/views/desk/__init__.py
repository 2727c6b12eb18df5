"""The desk of officers and administrators."""
