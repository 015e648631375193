"""What can be taken away from a page at its settings: code, and its numbers as a table."""
