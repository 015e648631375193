"""What a room is: values and pure functions, which know no server and no store."""
