"""What every room of the store stands on: database, locks, time, ids, encryption, the contract's values.

Nothing here knows a table or a subject. What is about people, courses or conversations belongs to their rooms.
"""
