"""From rows to the frozen dataclasses of ``casemgr.apa.record``, a table at a time."""
