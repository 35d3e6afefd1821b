"""Start the web form; nothing else."""

from __future__ import annotations

import argparse
import os
import sys

from reviewer.errors import ReviewerError
from reviewer.web import serve


def main() -> int:
    """Read where to serve from PORT or --port and --host, and serve until stopped."""
    parser = argparse.ArgumentParser(description="Review OKRs in a web form, on this machine.")
    parser.add_argument("--host", default="127.0.0.1", help="address to serve at (default: this machine only)")
    parser.add_argument("--port", type=int, default=os.environ.get("PORT", "7860"), help="port to serve at (default: PORT, or 7860)")
    parser.add_argument("--allow-anyone", action="store_true", help="serve beyond this machine without sign-in (OKR_SIGN_IN)")
    given = parser.parse_args()
    try:
        serve(given.host, given.port, allow_anyone=given.allow_anyone)
    except ReviewerError as error:
        print(f"okr: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
