"""What Takwin keeps: people, conversations, the catalogue, registrations. PostgreSQL only; synchronous.

Nothing of ours is imported here. Callers open a `Session` with `store.core.database.Database.session()` and pass it to
the functions of these modules; only this package knows SQL.
"""
