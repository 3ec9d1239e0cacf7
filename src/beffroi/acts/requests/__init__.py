"""Ask: from the form a service offers to a receipt, an answer and an outcome.

Owns: the forms that services offer, each request with its reference and its register
number, what was said by both sides, what was asked and offered, who passed it to whom, and
the legal clocks that a request for aid starts.
Words: a *request* (demande) is received, taken up, waits for the person, is passed on, is
closed with an outcome. A *handover* is proposed by one team and accepted or declined, with
a reason, by another. A *clock* is a date by which the law wants something done.
May never happen: a request without a receipt; a gap or a second use of a register number; a
state moved by anything but its table of moves; a request for aid without its clocks, even
when this commune is not the competent one; a request that nobody's inbox shows; a secret
stored as it is.
Serves: the person, who needs no account, and the team that answers her.
"""
