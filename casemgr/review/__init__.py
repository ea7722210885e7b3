"""A case reviewed on demand: computed for the API and for the pages alike, stored nowhere."""
