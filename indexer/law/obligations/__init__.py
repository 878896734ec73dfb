"""The duties as rows of YAML; a new duty is one more row."""
