"""How a person signs in, and what they see of their own account."""
