"""Long work that survives its workers.

``keeping`` (start, cancel, resume, and the end of a job) → ``invite`` (messages to workers, mere
hints) → ``parts`` (taking a part, noting what of it ended, giving it back). The work itself
belongs to whoever asks for it.
"""
