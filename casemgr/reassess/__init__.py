"""Assessing a case again whenever something it rests on has changed.

``affected`` (changes to cases) → ``drain`` (queue to stale marks) → ``assess`` (one case: record,
engine, row) with ``flags`` (what is raised, what cleared) and ``checklist`` (what people read).
``sweep`` makes certain that nothing is left behind. ``portfolio`` goes through all cases at once,
whatever changed: after an update of the engine, or to see what a change of the law moves.
"""
