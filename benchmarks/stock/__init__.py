"""Stock Rasa, doing the same work or with fixed texts: what the product is measured beside."""
