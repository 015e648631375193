"""Simulations: thousands of batches at once, on paired draws, without a loop."""
