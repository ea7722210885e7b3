"""What can happen to accounts, teams, markings, tokens and second factors.

Each action is one transaction with its actor and reason. Callers have checked that the actor may
(access.policy); what is checked here holds for every caller.
"""

from access.actions.accounts import (
    add_member,
    change_profile,
    clear_markings,
    close_account,
    create_account,
    create_team,
    end_sessions,
    open_account_without_password,
    open_depositor,
    remove_member,
    reopen_account,
    set_password,
)
from access.actions.codes import invite, issue_setup_code, use_setup_code
from access.actions.factors import (
    confirm_factor_reset,
    request_factor_reset,
    withdraw_factor_reset,
)
from access.actions.tokens import (
    forget_answers,
    issue_deposit_key,
    issue_token,
    longest_token_life,
    revoke_token,
)

__all__ = [
    "add_member",
    "change_profile",
    "clear_markings",
    "close_account",
    "confirm_factor_reset",
    "create_account",
    "create_team",
    "end_sessions",
    "forget_answers",
    "invite",
    "issue_deposit_key",
    "issue_setup_code",
    "issue_token",
    "longest_token_life",
    "open_account_without_password",
    "open_depositor",
    "remove_member",
    "reopen_account",
    "request_factor_reset",
    "revoke_token",
    "set_password",
    "use_setup_code",
    "withdraw_factor_reset",
]
