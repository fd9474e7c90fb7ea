"""Which variety a message is written in: by its spelling, and by the conversation where that says little."""
