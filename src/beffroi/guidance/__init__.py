"""From a person's own words to the service that helps.

Owns: the phrases people use, by service and language; the words that found no good answer
(without address or identity) until an editor answers them; the public questions, rewritten
so that nobody can be recognised. Its engine is plain Python: words in, services and reasons
out; it knows danger before anything else.
Refuses: to say that somebody has no right; to leave a person without a way to ask and
somebody to call; to keep who typed what; to call itself sure when it is not.
Serves: the person who looks for help, and the editor who teaches it her words.
"""
