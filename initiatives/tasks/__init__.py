"""Long work: done by commands and by the worker, never while a reader waits."""
