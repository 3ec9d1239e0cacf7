"""What the catalogue does not say by itself: its documents, and the places they name."""

SOURCES = {
    "000_fa14c36a5b7df19a": ("site-cpas-mons", "Site du CPAS de Mons", "CPAS de Mons", "https://www.cpas.mons.be/", "pandémie de COVID-19, sans date"),
    "001_b0607f5eb12d3e93": ("pcs-mons-2020-2025", "Page « Cohésion sociale » de la Ville de Mons", "Ville de Mons", "", "plan 2020-2025"),
    "002_610a37996e1aa24f": ("bruxelles-j-cpas", "« À quoi sert le CPAS ? »", "Bruxelles-J (CIDJ)", "", "26 juillet 2017"),
    "003_a8c6c5e0dc0ebdb2": ("prevention-mons", "Page du Service de Prévention de la Ville de Mons", "Ville de Mons", "", "sans date, après 2011"),
    "004_7576bad3bef8d202": ("declaration-2018-2024", "Déclaration de politique sociale 2018-2024 d’un CPAS qui n’est pas nommé", "", "", "législature 2018-2024"),
}  # fmt: skip
#: Places that the documents name and that are not houses.
PLACES = {
    "prev-sansabri": [
        ("escale", "L’Escale, centre d’accueil de jour", "Obourg", "7034"),
        ("casemates", "Casemates, Place Nervienne (départ des navettes)", "Mons", "7000"),
    ],
    "prev-synapse": [("synapse", "Espace Synapse", "Mons", "7000")],
    "prev-epn": [("maison-des-ateliers", "ASBL La Maison des Ateliers", "", "")],
}
HOUSES = {
    "mq-oiseaux": ("Mons", "7000"), "mq-cuesmes": ("Cuesmes", "7033"),
    "mq-epinlieu": ("Mons", "7000"), "mq-jemappes": ("Jemappes", "7012"),
    "mq-mons": ("Mons", "7000"), "mq-nimy": ("Nimy", "7020"), "mq-ghlin": ("Ghlin", "7011"),
}  # fmt: skip
CONFLICT_OF = {"mq-oiseaux": "C02", "mq-epinlieu": "C03", "mq-ghlin": "C04"}
