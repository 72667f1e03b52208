"""What answers a request: look up, query, page, render."""
