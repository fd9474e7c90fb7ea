"""What the assistant can do: one action an intent, and the steps of two forms."""
