"""How dates and times are written, where we write them otherwise than Django."""
