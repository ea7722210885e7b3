"""Synthetic campaigns with a known truth: accounts and exchanges of any size, from a seed.

``plan`` decides every account, ``truth`` counts from the plan what each figure must say, and
``write`` lets DuckDB write the rows. Nothing in them is about a real person or company. Pure.
"""

from evidence.synthetic.plan import Account, Plan, plan_campaign
from evidence.synthetic.truth import truth_of
from evidence.synthetic.write import write_campaign

__all__ = ["Account", "Plan", "plan_campaign", "truth_of", "write_campaign"]
