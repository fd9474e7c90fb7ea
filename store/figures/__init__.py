"""Figures of a period: days added up, days still open, costs and times, within an access scope.

Nothing here names a person.
"""
