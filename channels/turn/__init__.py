"""A turn: the next message of a person read, the engine asked, the answer stored with its deliveries.

How an answer is worded is in `wording/`, how it leaves in `delivery/`.
"""
