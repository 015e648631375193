"""Lectures: a line of scenes, each a question before a picture. Data and pure functions alone."""
