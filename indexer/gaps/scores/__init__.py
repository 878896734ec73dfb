"""Scores (评分) over 及时 主动 全面 准确: pure functions of a rubric and of what one subject owed and disclosed.

Every point is a line that names the duty, finding or fact that earned or lost it.
"""
