"""What managers look at: figures over the cases they see, each leading to the cases behind it."""
