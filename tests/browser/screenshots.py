"""`python -m tests.browser.screenshots`: takes the console's screenshots anew, into docs/console/.

They come from the walk over every page that also checks them: what shuts somebody out, or sticks out, is said.
"""

import os
import sys

import pytest

if __name__ == "__main__":
    os.environ["TAKWIN_SCREENSHOTS"] = "1"
    sys.exit(pytest.main(["tests/browser/test_console_pages.py", "-k", "shuts_anybody_out"]))
