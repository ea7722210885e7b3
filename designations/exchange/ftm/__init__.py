"""FollowTheMoney entities, one JSON object a line, read and written without the library.

The library of that name needs a database toolkit and a build of ICU; the form is small. Pure:
docs/exchange.md has the mapping, tests/designations/exchange holds it against the library.
"""
