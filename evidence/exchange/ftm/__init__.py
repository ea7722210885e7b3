"""What FollowTheMoney files say of documents and sanctions, as items of evidence."""
