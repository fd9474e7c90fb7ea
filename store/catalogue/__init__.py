"""Courses, providers, agencies and helplines: read, edited, imported and exported, with their links checked.

Finding a course for somebody is in `search/`; who takes it in `registrations/`.
"""
