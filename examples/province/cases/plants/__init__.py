"""What is planted, one module a group of rules; each is written from the text of the law and its parameters alone."""
