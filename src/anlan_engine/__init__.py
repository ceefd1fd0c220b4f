"""The numbers of a city: its streets, travel times, rankings, simulated days. No server, no SQL."""
