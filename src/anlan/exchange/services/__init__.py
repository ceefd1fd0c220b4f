"""Every write of the room, and what is sent and taken, a file for each way."""
