"""``python -m xlsuite``."""

import sys

from xlsuite.cli import main

if __name__ == "__main__":
    sys.exit(main())
