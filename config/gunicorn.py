"""How the web process serves: a few processes, a few threads each, no control socket."""

from config.environment import read

_environment = read()

workers = _environment.web_workers
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 10
# Requests are logged by config.request_log, without paths and query strings.
accesslog = None
errorlog = "-"
control_socket_disable = True
# A read-only root file system leaves only memory for the workers' heartbeat.
worker_tmp_dir = "/dev/shm"  # noqa: S108 - memory, not a shared temporary file
