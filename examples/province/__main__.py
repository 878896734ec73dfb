"""Entry of ``python -m examples.province``."""

import sys

from .cli import main

sys.exit(main())
