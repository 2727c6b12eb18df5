"""The product: initiatives, what overlaps between them, and the coalitions that grow out of it."""
