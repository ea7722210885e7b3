"""What a file is and whether it may lie in the record as it is, judged without opening it.

``kinds`` (what it is, what it claims to be) → ``zips`` and ``tars`` (what an archive would unpack
to) → ``markup`` (entities) → ``inspection`` (all of it in order) → ``scanner`` (a ClamAV daemon)
→ ``picture`` → ``text`` and ``ocr`` → ``language`` and ``likeness`` (what is told from the text);
``child`` and ``guard`` run what opens the file in a process of its own, with limits. Nothing here
knows the database: what follows from a finding is the business of ``evidence.actions.intake``.
"""
