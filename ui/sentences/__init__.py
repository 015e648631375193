"""What a page says with the numbers of the present settings: results in, a little HTML out."""
