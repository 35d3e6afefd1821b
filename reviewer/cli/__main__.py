"""Run the command as `python -m reviewer.cli`."""

from __future__ import annotations

from reviewer.cli import main

if __name__ == "__main__":
    main()
