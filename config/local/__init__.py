"""The embedded stack: a private PostgreSQL and a private Valkey for one machine.

`python -m config.local run` owns both servers and the service's processes; `python -m config.local
with -- COMMAND` puts the servers around one command. Production refuses this stack.
"""
