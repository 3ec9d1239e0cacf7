"""The life of what a grant left: cards and their pharmacy, guarantees, stays, advances."""
