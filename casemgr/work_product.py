"""How attorney work product is stamped wherever it leaves the service."""

HANDLING = "attorney work product — pre-decisional — deliberative"
