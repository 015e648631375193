"""Tests of lectures of one's own."""
