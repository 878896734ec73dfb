"""Cases of the law: make-believe enterprises, each of which keeps or breaks one rule by a hair, and the truth of it."""
