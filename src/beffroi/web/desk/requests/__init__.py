"""Requests at the desk: the lists, the page of one request, the acts, entering a new one."""
