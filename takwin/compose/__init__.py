"""The parts put together: routes, steps, channels, console, and the processes that `takwin serve` starts.

Rules of the service do not enter: they belong to the part that keeps them.
"""
