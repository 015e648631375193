"""What whoever runs the server can see of it: health, metrics, the log."""
