"""What comes in: the vocabulary, the demonstration data, and the lists of others."""
