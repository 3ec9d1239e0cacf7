"""Meet: who waits for whom, and who sees whom, where and when.

Owns: rooms, appointments (offered, confirmed, moved, kept, missed, cancelled) and the
waiting room (announced, called, received, gone). Refuses: two appointments of one worker or
one room at the same moment. Serves: the reception desk, the workers and the people who wait.
"""
