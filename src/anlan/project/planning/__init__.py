"""Planning from the command line: tables in, a report that people can read out."""
