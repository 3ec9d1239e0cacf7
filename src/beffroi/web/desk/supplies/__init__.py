"""What is received, kept and handed over, at the desk: sites, stock, till, tickets, gifts, plots."""
