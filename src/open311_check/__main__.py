"""`python -m open311_check URL`."""

from open311_check.command import open311_check

if __name__ == "__main__":
    open311_check(prog_name="open311-check")
