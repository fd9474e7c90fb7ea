"""Who answers a conversation, assistant or adviser, and the requests that call one.

Lists of conversations do not enter: they are in `inbox/`.
"""
