"""The parts of a grid: its header rows, its filled spans."""
