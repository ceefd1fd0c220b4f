"""`python -m anlan.project.cli`, which the script `anlan` in a checkout runs."""

from anlan.project.cli.program import main

if __name__ == "__main__":
    main()
