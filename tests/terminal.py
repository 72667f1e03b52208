"""A terminal that remembers what was written to it."""

import io


class Terminal(io.StringIO):
    def isatty(self):
        return True
