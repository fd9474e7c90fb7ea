"""Measurements of this product; each `make bench...` is a module or package here. Nothing imports it but tests."""
