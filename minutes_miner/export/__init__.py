"""Write records and search results in formats that other programs read."""
