"""What a file is and whether it may lie in the record as it is, judged without opening it.

``kinds`` (what it is, what it claims to be) → ``zips`` and ``tars`` (what an archive would unpack
to) → ``markup`` (entities) → ``inspection`` (all of it in order) → ``child`` and ``guard`` (the
same in a process of its own, with limits). Nothing here knows the database: what follows from a
finding is the business of ``evidence.actions.intake``.
"""
