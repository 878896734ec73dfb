"""Looking up a whole list: what was pasted or uploaded → lines, and answers → a table or a file."""
