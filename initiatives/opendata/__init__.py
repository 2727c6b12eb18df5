"""What leaves the house: one registry of columns feeds every format, the code book and the tests."""
