"""Page objects: one answer and what the source's YAML says of it (``PageParams``) in, plain rows out; no network.

A page that is not what the source describes says so in ``problem``; it never yields rows of another layout.
"""
