"""Where the rooms are: in this process, or in Redis."""
