"""What people may say, and how it is asked."""
