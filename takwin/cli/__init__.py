"""The command line: one module a group of commands. Words and exit codes only; the work is done elsewhere."""
