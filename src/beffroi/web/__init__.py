"""The doors: the portal, the desk, the open standards. Views read, call one service, and show."""
