"""Strategic plans on the board: the declaration, the tree, the Gantt, money, reports, eComptes."""
