"""The product: settings, command line, and everything put together. Nothing imports it but tests and benchmarks."""
