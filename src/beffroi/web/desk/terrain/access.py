"""Which role may open which address under /desk/terrain/; what is hers to see, the room says."""

from beffroi.accounts.enums import Role

GO_OUT = frozenset({Role.PREVENTION_WORKER, Role.TEAM_LEADER, Role.PCS_LEAD})
SET_UP = frozenset({Role.TEAM_LEADER, Role.PCS_LEAD})

ACCESS: dict[str, frozenset[str]] = {
    "desk:terrain": GO_OUT,
    "desk:terrain_past": GO_OUT,
    "desk:terrain_outing": GO_OUT,
    "desk:terrain_outing_act": GO_OUT,
    "desk:terrain_faults": GO_OUT,
    "desk:terrain_fault": GO_OUT,
    "desk:terrain_fault_act": GO_OUT,
    "desk:terrain_surfaces": GO_OUT,
    "desk:terrain_surface": GO_OUT,
    "desk:terrain_surface_act": GO_OUT,
    "desk:terrain_photo": GO_OUT,
    "desk:terrain_photo_act": GO_OUT,
    "desk:terrain_figures": GO_OUT,
    "desk:terrain_settings": SET_UP,
    "desk:terrain_settings_act": SET_UP,
    "desk:terrain_area": SET_UP,
    "desk:terrain_area_act": SET_UP,
}
