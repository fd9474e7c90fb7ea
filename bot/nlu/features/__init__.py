"""What a message looks like to a linear model: counted pieces of its words, and the vector of its meaning."""
