"""How many made-up records a law is tried on: HYPOTHESIS_PROFILE=many tries far more."""

import os

from hypothesis import HealthCheck, settings

# Building a whole record is slow by hypothesis's measure, not by ours.
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("few", max_examples=60, deadline=None, suppress_health_check=SLOW)
settings.register_profile("many", max_examples=1500, deadline=None, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "few"))
