"""Broken files for the readers: any bytes give a document or a named issue, soon and in little memory.

python -m tests.fuzz                      10,000 mutations from seed 1, shared over the readers
python -m tests.fuzz --from 5000          go on where a run was stopped
python -m tests.fuzz --seed 4711          one mutation again; --save writes its bytes into a folder
"""
