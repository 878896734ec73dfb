"""Material that a person supplies (a list, a spreadsheet, a PDF, a saved page) becomes a run folder of kind ``import``.

from crawlers.importing import Material, import_disclosures, import_list
facts = Material(source="putian-2022", region="350300", year=2022, url=…, retrieved_at=…)
result = import_list(path, facts, var, dry_run=True)
print(result.preview.lines())
"""

from crawlers.importing.errors import ImportRefusedError
from crawlers.importing.importer import Imported, import_disclosures, import_list
from crawlers.importing.look import OUTCOMES, ROLES, PersonalLook, record_look
from crawlers.importing.material import Material
from crawlers.importing.preview import Preview, TablePreview
from crawlers.importing.webarchive import ImportedArchive, import_archive

__all__ = [
    "OUTCOMES", "ROLES", "ImportRefusedError", "Imported", "ImportedArchive", "Material", "PersonalLook", "Preview",
    "TablePreview", "import_archive", "import_disclosures", "import_list", "record_look",
]  # fmt: skip
