"""Settings, URLs, the Celery application and the embedded local stack."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
