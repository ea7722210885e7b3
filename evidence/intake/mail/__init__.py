"""What a message says of itself, and what is attached to it. Pure, and run in the guarded child."""
