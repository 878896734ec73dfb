"""The how-to pages followed word by word."""
