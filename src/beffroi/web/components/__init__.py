"""The bricks of every page: one component, one template, one entry in the gallery.

Owns the component templates, the tags that render them and the gallery that shows each state.
Refuses queries, rights and business words: a component is given plain values and shows them.
Serves the pages of all the doors.
"""
