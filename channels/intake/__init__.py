"""What a provider's call becomes: checked, cleaned, stored once with its turn deferred, then acknowledged.

No answer is made here, and nothing is understood.
"""
