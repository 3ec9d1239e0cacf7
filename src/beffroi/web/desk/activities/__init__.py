"""Activities of the neighbourhood houses at the desk: series, weeks, sessions, who came."""
