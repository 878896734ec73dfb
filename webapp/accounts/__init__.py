"""Accounts of enforcement staff: who they are, which region they answer for, logging in and out."""
