"""The advisers' web pages."""
