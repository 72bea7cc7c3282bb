"""``python -m doseref``."""

from doseref.cli import main

if __name__ == "__main__":
    main()
