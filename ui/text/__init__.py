"""What several pages write with: numbers in words."""
