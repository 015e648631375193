"""What several pages write with: numbers in words, a little HTML, and all of it as JSON."""
