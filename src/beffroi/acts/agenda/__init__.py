"""Meet: who waits for whom, and who sees whom, where and when.

Owns: rooms, the hours and absences of workers, permanences and who holds them, appointments
(offered, confirmed, moved, kept, missed, cancelled), the waiting room (announced, called,
received, done, gone), and to whom a newcomer was given.
Words: a *hold* is what takes the time of a worker or a room, for an appointment or a duty; an
*arrival* is somebody who is there, known on public screens by her *ticket* alone; a *desk* is
the team that receives people at the door of a room.
May never happen: two holds of one worker or one room at the same moment; a time that changes
without who, when and why; a name on a public screen; a missed appointment without a next step,
or followed by anything a machine decided.
Serves: the reception desk, the workers and the people who wait.
"""
