"""What a steward does with a listing that is in the directory or on its way there."""
