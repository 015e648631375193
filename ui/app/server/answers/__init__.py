"""What the server answers: pages at their settings, files for the browser, files of visitors."""
