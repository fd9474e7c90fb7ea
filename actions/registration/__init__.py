"""Registering for a course, and what comes after it: the form with the values it takes, and a person's registrations.

Reading what a message means here is `actions/reading`'s; what is kept stands in `store/registrations`.
"""
