"""Files of rows: as one of the documented tables, read in place and checked value by value.

``tables`` (the columns that are documented) → ``source`` (a file as such a table) → ``workbooks``
→ ``reading`` → ``looking`` (a first look, where the file can do no harm). Pure, and light to load:
nothing here knows how figures are compiled.
"""
