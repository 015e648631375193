"""Tests of the page your_activations, file for file."""
