"""Every site family proved: crawled whole against the planted truth, and read again from saved pages.

Truth: a site in ``examples.province.families.FAMILIES`` is crawled on the script's last visit day by ``conftest`` and
compared record by record in ``test_truth``; nothing has to be added here. Saved pages: ``python -m tests.families.save
SITE`` crawls a site of the province and writes pages of each of its page objects, with what they read, below
``fixtures/<family>/<page object>/<site>-<n>/`` in web-poet's own format; web-poet's pytest plugin replays each of them
field by field, without network and at the frozen instant of ``meta.json``. A page of elsewhere is saved from a file:
``python -m tests.families.save --file PAGE --page CLASS --params JSON --url URL --family F --name N``.
"""
