"""`python -m tracker`: the same as the command `tracker`, for environments whose scripts are not on the path."""

from tracker.cli import main

if __name__ == "__main__":
    main()
