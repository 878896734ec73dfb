"""Archived bodies as something a browser can show without risk: inert pages, grids and texts, contacts masked."""
