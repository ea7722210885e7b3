"""Which schemata and properties of FollowTheMoney are read, and as what (docs/exchange.md)."""

from collections.abc import Mapping

from designations.words import DesigneeType

DESIGNEES: Mapping[str, DesigneeType] = {
    "Person": DesigneeType.PERSON,
    "LegalEntity": DesigneeType.ENTITY,
    "Organization": DesigneeType.ENTITY,
    "Company": DesigneeType.ENTITY,
    "PublicBody": DesigneeType.ENTITY,
    "Vessel": DesigneeType.VESSEL,
    "Address": DesigneeType.ADDRESS,
    "Airplane": DesigneeType.OTHER,
    "Vehicle": DesigneeType.OTHER,
    "CryptoWallet": DesigneeType.OTHER,
    "Asset": DesigneeType.OTHER,
}
"""Schemata that become designees."""

LEGAL = frozenset({"Person", "LegalEntity", "Organization", "Company", "PublicBody"})
"""Schemata that may own, and hold an identification."""

OWNERSHIP = "Ownership"
IDENTIFICATION = frozenset({"Identification", "Passport"})
SANCTION = "Sanction"

PAPERS = frozenset(
    {
        "Document", "PlainText", "HyperText", "Pages", "Article", "Email", "Message", "Image",
        "Audio", "Video", "Table", "Workbook", "Note",
    }
)  # fmt: skip
"""Schemata that become items of evidence."""

LINKS: Mapping[str, tuple[str, str]] = {
    "Directorship": ("director", "organization"),
    "Membership": ("member", "organization"),
    "Employment": ("employee", "employer"),
    "Family": ("person", "relative"),
    "Associate": ("person", "associate"),
    "UnknownLink": ("subject", "object"),
    "Representation": ("agent", "client"),
    "Succession": ("predecessor", "successor"),
    "Control": ("controller", "controlled"),
    "Debt": ("debtor", "creditor"),
    "Payment": ("payer", "beneficiary"),
    "Documentation": ("document", "entity"),
    "Similar": ("candidate", "match"),
    "Occupancy": ("holder", "post"),
}
"""Links that the record has no place for, with their two ends: told, and not taken."""

NAMES: Mapping[str, str] = {
    "name": "alias",
    "alias": "alias",
    "weakAlias": "alias",
    "abbreviation": "alias",
    "previousName": "former",
}
"""What the further values of a property are to the designee; the first name is its name."""

WEAK = frozenset({"weakAlias", "abbreviation"})
"""Names too common to tell who is meant: kept, and never proposed as a match."""

IDENTIFIERS: Mapping[str, str] = {
    "registrationNumber": "registration number",
    "taxNumber": "tax number",
    "idNumber": "ID number",
    "passportNumber": "passport",
    "socialSecurityNumber": "SSN",
    "licenseNumber": "license number",
    "leiCode": "LEI",
    "uscCode": "USCC",
    "innCode": "INN",
    "ogrnCode": "OGRN",
    "kppCode": "KPP",
    "okpoCode": "OKPO",
    "bikCode": "BIK",
    "vatCode": "VAT",
    "swiftBic": "BIC",
    "dunsCode": "DUNS",
    "uniqueEntityId": "UEI",
    "cageCode": "CAGE",
    "npiCode": "NPI",
    "giiNumber": "GIIN",
    "cikCode": "CIK",
    "irsCode": "IRS number",
    "isinCode": "ISIN",
    "ticker": "ticker",
    "ricCode": "RIC",
    "permId": "PermID",
    "jibCode": "JIB",
    "mbsCode": "MBS",
    "voenCode": "VOEN",
    "bvdId": "BvD ID",
    "wikidataId": "Wikidata",
    "imoNumber": "IMO",
    "mmsi": "MMSI",
    "callSign": "call sign",
    "crsNumber": "CRS number",
    "serialNumber": "serial number",
    "icaoCode": "ICAO",
    "publicKey": "wallet address",
    "unscId": "UNSC ID",
}
"""Properties that are numbers of a register, with the scheme they are kept under."""

FTM_ID = "FollowTheMoney ID"
"""The scheme under which an entity's own id is kept, so that a later file is recognized."""

FACTS = (
    "country", "mainCountry", "jurisdiction", "nationality", "citizenship", "birthCountry", "flag",
    "pastFlags", "birthDate", "birthPlace", "deathDate", "gender", "position", "title", "legalForm",
    "incorporationDate", "dissolutionDate", "status", "sector", "classification", "address",
    "email", "phone", "website", "type", "model", "manufacturer", "buildDate", "tonnage",
    "currency", "topics", "program", "sourceUrl", "publisher", "publisherUrl", "description",
    "summary", "notes",
)  # fmt: skip
"""Properties of a designee that have no column: kept as text in its notes."""

ADDRESS_PARTS = ("full", "remarks", "postOfficeBox", "street", "street2", "city", "postalCode",
                 "region", "state", "country")  # fmt: skip

STAKE_FACTS = ("ownershipType", "role", "status", "legalBasis", "sharesCount", "sharesType",
               "sharesValue", "sharesCurrency", "recordId", "summary", "description", "publisher",
               "sourceUrl", "date")  # fmt: skip
"""Properties of an ownership kept as text with the stake."""

PAPER_READ = frozenset(
    {
        "title", "name", "subject", "fileName", "summary", "description", "bodyText", "sourceUrl",
        "publisherUrl", "contentHash", "messageId", "publisher", "author", "from", "publishedAt",
        "authoredAt", "date", "language", "entity", "proof",
    }
)  # fmt: skip
SANCTION_READ = frozenset(
    {
        "entity", "authority", "authorityId", "program", "programId", "programUrl", "listingDate",
        "startDate", "endDate", "date", "reason", "provisions", "status", "duration", "country",
        "recordId", "unscId", "sourceUrl", "summary", "description", "publisher", "proof",
    }
)  # fmt: skip

LANGUAGES: Mapping[str, str] = {
    "eng": "en", "zho": "zh", "rus": "ru", "ukr": "uk", "fra": "fr", "deu": "de", "spa": "es",
    "por": "pt", "ita": "it", "nld": "nl", "pol": "pl", "tur": "tr", "ara": "ar", "fas": "fa",
    "heb": "he", "kor": "ko", "jpn": "ja", "vie": "vi", "ind": "id",
}  # fmt: skip
"""Their codes of languages (ISO 639-3) and the shorter ones of BCP 47, where there is one."""
