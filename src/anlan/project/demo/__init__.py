"""A simulated duty day that plays the product through its public API, as its clients would.

Nothing here may write to the database once the city is loaded: every step of the day is a request.
"""
