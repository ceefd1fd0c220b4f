"""The service clock of cases: rules as text, marks from the history, what they come to."""
