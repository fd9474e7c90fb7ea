"""What people write around a request, and how they misspell it: what that costs the understanding."""
