"""How good and how quick: commands that print every number in docs/."""
