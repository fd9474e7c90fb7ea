"""Entities: gazetteers as data, clitics and spelling, rules of context, and what the training data teach."""
