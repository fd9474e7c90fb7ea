"""What could harm those who use Takwin, or its service, measured: one module for each harm, each run by itself."""
