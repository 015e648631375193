"""What eps and rounding do to a variance."""
