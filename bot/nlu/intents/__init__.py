"""What a message wants: a linear model over pieces of its text and, where these leave a doubt, over its meaning."""
