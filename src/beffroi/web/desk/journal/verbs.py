"""What each act of the social files, the organs, the letters and the money is called."""

from django.utils.translation import gettext as _

from beffroi.web.desk.journal.strategic_verbs import strategic_verbs


def file_verbs() -> dict[str, str]:
    """This function will say in words what each act on a social file is."""
    return {
        "file.open": _("a ouvert un dossier"), "file.read": _("a ouvert le dossier"),
        "file.open_out_of_caseload": _("a ouvert un dossier hors de sa charge"),
        "file.assign": _("a confié le dossier"), "file.close": _("a clos le dossier"),
        "file.erase": _("a effacé le dossier, son délai passé"),
        "application.open": _("a entré une demande d’aide"),
        "application.correct": _("a corrigé la demande"),
        "application.details": _("a complété les réponses de l’aide"),
        "application.competence": _("a motivé la compétence"),
        "application.read_urgent": _("a ouvert une demande urgente"),
        "application.start_enquiry": _("a ouvert l’enquête sociale"),
        "application.resume_enquiry": _("a repris l’enquête"),
        "application.compute": _("a calculé"), "entitlement.compute": _("a gardé un calcul"),
        "application.sign_report": _("a signé le rapport, l’enquête est finie"),
        "application.propose": _("a proposé une décision"),
        "application.propose_sequel": _("a proposé une décision"),
        "proposal.change": _("a changé la proposition"),
        "application.submit": _("a porté la proposition à l’organe"),
        "application.take_back": _("a repris la proposition"),
        "application.decide": _("a acté le vote"),
        "application.decide_urgently": _("a accordé l’aide urgente"),
        "application.notify": _("a notifié la décision"),
        "application.execute": _("a exécuté la décision"),
        "application.withdraw": _("a acté le retrait de la demande"),
        "application.transfer": _("a transmis au CPAS compétent"),
        "visit.plan": _("a prévu une visite"), "visit.record": _("a noté une visite"),
        "document.ask": _("a demandé un document"), "document.settle": _("a réglé un document"),
        "cohabitant.add": _("a ajouté quelqu’un du ménage"),
        "resource.add": _("a ajouté une ressource"), "asset.add": _("a ajouté un bien"),
        "budget.add": _("a ajouté une charge"), "appreciation.add": _("a motivé une appréciation"),
        "cohabitant.remove": _("a ôté quelqu’un du ménage"),
        "resource.remove": _("a ôté une ressource"), "asset.remove": _("a ôté un bien"),
        "budget.remove": _("a ôté une charge"),
        "report.write": _("a écrit le rapport"), "report.sign": _("a signé le rapport"),
        "clock.settle": _("a réglé un délai"), "clock.suspend": _("a suspendu un délai"),
        "clock.resume": _("a repris un délai"),
    }  # fmt: skip


def after_verbs() -> dict[str, str]:
    """This function will say in words what each act after a decision is."""
    return {
        "decision.record": _("a acté une décision"), "decision.letter": _("a écrit la lettre de décision"),
        "decision.notify": _("a noté l’envoi de la décision"),
        "decision.presented": _("a noté la première présentation"),
        "decision.proof": _("a établi un document"), "grant.execute": _("a mis l’aide en paiement"),
        "grant.review": _("a noté une révision"), "grant.suspend": _("a suspendu une aide"),
        "grant.resume": _("a repris une aide"), "grant.index": _("a adapté une aide à l’index"),
        "index.preview": _("a comparé avec le nouvel index"), "index.apply": _("a appliqué l’index"),
        "index.reopen": _("a rouvert une adaptation à l’index"),
        "sequel.open": _("a ouvert une révision"), "sequel.answer": _("a noté une réponse"),
        "sequel.formal_notice": _("a mis en demeure"), "sequel.hearing": _("a invité à être entendue"),
        "change.declare": _("a noté un changement"), "change.settle": _("a réglé un changement"),
        "resource.rectify": _("a rectifié un montant"),
        "fact.rested": _("a cherché ce qui reposait sur un fait"),
        "stay.note": _("a noté un séjour à l’étranger"),
        "appeal.lodge": _("a noté un recours"), "appeal.hearing": _("a noté une audience"),
        "appeal.judge": _("a noté un jugement"), "record.keep": _("a ouvert le suivi d’une aide"),
        "advance.reclaim": _("a récupéré une avance"), "card.pharmacy": _("a noté la pharmacie"),
        "card.revoke": _("a retiré la carte médicale"), "pharmacy.line": _("a entré une ligne de pharmacie"),
        "pharmacy.look_up": _("a cherché un médicament"), "pharmacy.settle": _("a réglé un mois de pharmacie"),
        "contributor.add": _("a ajouté un débiteur d’aliments"),
        "contributor.part": _("a fixé la part d’un débiteur"),
        "placement.account": _("a noté le compte de la maison de repos"),
        "placement.settle": _("a réglé un mois de maison de repos"),
        "placement.leave": _("a noté la sortie de la maison de repos"),
        "reception.absence": _("a noté une absence à l’accueil"),
        "reception.leave": _("a noté la fin de l’accueil"),
        "reception.phase": _("a changé la phase d’accueil"),
        "guarantee.end": _("a réglé une garantie locative"),
    }  # fmt: skip


def organ_verbs() -> dict[str, str]:
    """This function will say in words what each act of the organs is."""
    return {
        "body.create": _("a ajouté un organe"), "body.attribute": _("a attribué une matière"),
        "body.urgent_limit": _("a fixé la limite de l’aide urgente"),
        "mandate.give": _("a donné un mandat"), "mandate.end": _("a terminé un mandat"),
        "mandate.oath": _("a noté un serment"),
        "council_item.submit": _("a présenté un point"), "council_item.read": _("a lu un point"),
        "council_item.urgent": _("a présenté une aide urgente à ratifier"),
        "council_item.schedule": _("a mis un point à l’ordre du jour"),
        "council_item.release": _("a ôté un point de l’ordre du jour"),
        "council_item.postpone": _("a reporté un point"),
        "council_item.decide": _("a noté un vote"), "council_item.withdraw": _("a retiré un point"),
        "council_item.recuse": _("a noté un intérêt"),
        "council_item.extract": _("a extrait un point du procès-verbal"),
        "sitting.plan": _("a prévu une séance"), "sitting.reorder": _("a changé l’ordre du jour"),
        "sitting.convene": _("a convoqué la séance"), "sitting.convocation": _("a pris la convocation"),
        "sitting.open": _("a ouvert la séance"), "sitting.arrive": _("a noté une arrivée en séance"),
        "sitting.leave": _("a noté un départ de séance"), "sitting.miss": _("a constaté que le quorum manque"),
        "sitting.close": _("a levé la séance"), "sitting.cancel": _("a annulé la séance"),
        "sitting.draft": _("a rédigé le procès-verbal"), "sitting.approve": _("a approuvé le procès-verbal"),
        "minutes.empty": _("a vidé le procès-verbal, son délai passé"),
        "council_item.empty": _("a vidé un point, son délai passé"),
        "minutes.read": _("a lu le procès-verbal"), "minutes.edit": _("a retouché le procès-verbal"),
    }  # fmt: skip


def paper_verbs() -> dict[str, str]:
    """This function will say in words what each act on letters and payments is."""
    return {
        "letter.write": _("a écrit une lettre"), "letter.read": _("a ouvert une lettre"),
        "letter.pdf": _("a pris une lettre en PDF"), "letter.docx": _("a pris une lettre en DOCX"),
        "letter.slip": _("a pris un accusé de remise"), "letter.send": _("a noté l’envoi d’une lettre"),
        "letter.present": _("a noté la présentation d’une lettre"),
        "letter.set_aside": _("a mis une lettre de côté"),
        "letter.registered_list": _("a pris la liste des recommandés"),
        "letter_batch.open": _("a ouvert un lot de lettres"), "letter_batch.pdf": _("a pris un lot de lettres"),
        "letter_template.save": _("a changé un modèle de lettre"),
        "letter_template.restore": _("a repris un modèle de lettre"),
        "payments.order_open": _("a ouvert un ordre de paiement"),
        "payments.account_add": _("a noté un compte"), "payments.account_confirm": _("a confirmé un compte"),
        "payments.account_refuse": _("a refusé un compte"),
        "payments.third_party": _("a noté un tiers payé"),
        "payments.house_account": _("a fixé le compte de la maison"),
        "payments.prepare": _("a préparé un paiement"), "payments.refresh": _("a refait le projet de paiement"),
        "payments.approve": _("a approuvé un paiement"), "payments.void": _("l’approbation est tombée"),
        "payments.cancel": _("a abandonné un paiement"), "payments.export": _("a pris le fichier de la banque"),
        "payments.export_again": _("a repris le fichier de la banque"),
        "payments.book": _("a comptabilisé un paiement"), "payments.cash": _("a payé au guichet"),
        "payments.bank_file": _("a lu un extrait de la banque"),
        "payments.entry_settle": _("a rapproché une opération"),
        "payments.returned": _("un virement est revenu"),
        "payments.return_treated": _("a traité un retour"),
        "payments.hold": _("a retenu des paiements"), "payments.release": _("a libéré des paiements"),
        "payments.claim_open": _("a ouvert une récupération"),
        "payments.claim_receipt": _("a noté un remboursement"),
        "payments.claim_waive": _("a renoncé à une récupération"),
        "payments.refund_draw": _("a établi l’état de subvention"),
        "payments.centre_rate": _("a fixé le taux du centre"),
        "payments.refund_facts": _("a complété un motif de subvention"),
        "payments.refund_send": _("a introduit l’état de subvention"),
    }  # fmt: skip


def accompanying_verbs() -> dict[str, str]:
    """This function will say in words what each act of agreements and of debt mediation is."""
    return {
        "agreement.draft": _("a préparé une convention"), "agreement.read": _("a ouvert une convention"),
        "agreement.note_needs": _("a noté les besoins"), "agreement.set_terms": _("a fixé les termes"),
        "agreement.add_clauses": _("a ajouté des engagements"), "agreement.drop_clause": _("a ôté un engagement"),
        "agreement.mark_clause": _("a noté où en est un engagement"),
        "agreement.propose": _("a remis le texte à la personne"), "agreement.take_back": _("a repris le texte"),
        "agreement.sign": _("a noté la signature"), "agreement.start": _("a commencé la convention"),
        "agreement.amend": _("a préparé un avenant"), "agreement.sign_amendment": _("a noté l’avenant signé"),
        "agreement.give_up_amendment": _("a renoncé à l’avenant"),
        "agreement.write_paper": _("a écrit le texte ou l’évaluation en lettre"),
        "agreement.evaluate": _("a évalué la convention"), "agreement.count_month": _("a compté un mois de travail"),
        "agreement.renew_transit": _("a prolongé le logement de transit"),
        "agreement.take_place": _("a pris une place de travail"), "agreement.fulfil": _("a constaté le but atteint"),
        "agreement.break": _("a constaté la rupture"), "agreement.end": _("a terminé la convention"),
        "agreement.abandon": _("a laissé la convention sans suite"),
        "agreement.anonymise": _("a vidé la convention, son délai passé"),
        "agreements.export": _("a extrait une liste de conventions"),
        "mediations.export": _("a extrait une liste de médiations"),
        "partner.keep": _("a gardé un partenaire"), "place.keep": _("a gardé une place de travail"),
        "creditor.keep": _("a gardé un créancier"),
        "mediation.open": _("a ouvert une médiation"), "mediation.read": _("a ouvert la médiation"),
        "mediation.add_person": _("a ajouté une personne à la médiation"),
        "mediation.hand_over": _("a confié la médiation"), "mediation.file_notice": _("a noté l’avis au fichier central"),
        "mediation.ask_documents": _("a demandé des documents"),
        "mediation.receive_document": _("a noté un document reçu"),
        "mediation.sign_convention": _("a noté la convention signée"),
        "mediation.to_documents": _("est revenu aux documents"), "mediation.to_budget": _("est passé au budget"),
        "mediation.to_negotiation": _("négocie avec les créanciers"),
        "mediation.add_debts": _("a entré des dettes"), "mediation.change_debt": _("a corrigé une dette"),
        "mediation.strike_debt": _("a rayé une dette"),
        "mediation.note_interruption": _("a noté une interruption de la prescription"),
        "mediation.draw_budget": _("a dressé le budget"), "mediation.propose_plan": _("a proposé un plan"),
        "mediation.keep_plan": _("a gardé un plan"), "mediation.drop_plan": _("a laissé un plan"),
        "mediation.review_plan": _("a revu le plan"), "mediation.start_plan": _("a commencé le plan"),
        "mediation.note_plan_answer": _("a noté la réponse d’un créancier"),
        "mediation.note_payment": _("a noté une mensualité payée"),
        "mediation.note_missed": _("a noté une mensualité manquée"),
        "mediation.undo_payment": _("a défait une mensualité notée"),
        "mediation.write_creditors": _("a écrit aux créanciers"),
        "mediation.note_letter_answer": _("a noté la réponse à une lettre"),
        "mediation.recall_letter": _("a rappelé une lettre"),
        "mediation.open_account": _("a ouvert le compte de la personne"),
        "mediation.enter_movement": _("a entré un mouvement du compte"),
        "mediation.reverse_movement": _("a contre-passé un mouvement"),
        "mediation.evaluate": _("a évalué le plan"), "mediation.go_on": _("a poursuivi le plan"),
        "mediation.renegotiate": _("négocie à nouveau"),
        "mediation.anonymise": _("a vidé la médiation, son délai passé"),
        "mediation.close": _("a clôturé la médiation"), "mediation.reopen": _("a rouvert la médiation"),
    }  # fmt: skip


def house_verbs() -> dict[str, str]:
    """This function will say in words what each act of the activities of the houses is."""
    return {
        "activity.create": _("a créé une activité"), "activity.change": _("a changé une activité"),
        "activity.end": _("a terminé une activité"), "activity.add_slot": _("a ajouté un horaire"),
        "activity.end_slot": _("a terminé un horaire"), "activity.copy_week": _("a recopié une semaine"),
        "activity.write_sessions": _("a écrit les séances d’activité"),
        "session.add": _("a ajouté une séance d’activité"), "session.cancel": _("a annulé une séance d’activité"),
        "session.restore": _("a rétabli une séance d’activité"), "session.move": _("a déplacé une séance d’activité"),
        "session.read": _("a ouvert une séance d’activité"), "session.tap": _("a noté une présence"),
        "session.record": _("a compté une séance d’activité"), "session.close": _("a clos une séance d’activité"),
        "session.leave": _("a noté le départ d’un enfant"),
        "participant.add": _("a ajouté un participant"), "participant.change": _("a changé un participant"),
        "participant.join": _("a inscrit un participant"), "participant.bind": _("a lié un participant à une personne"),
        "participant.list": _("a vu la liste des participants"), "registration.list": _("a vu les inscriptions"),
        "participant.add_contact": _("a noté qui vient chercher l’enfant"),
        "participant.end_contact": _("a ôté qui vient chercher l’enfant"),
        "participant.consent": _("a noté un accord des parents"),
        "participant.withdraw_consent": _("a noté le retrait d’un accord"),
        "picture.add": _("a ajouté une photo"), "picture.hide": _("a caché une photo"),
        "picture.publish": _("a publié une photo"), "picture.name_people": _("a dit qui est sur une photo"),
        "volunteer.add": _("a ajouté un bénévole"), "volunteer.end": _("a noté la fin d’un bénévolat"),
        "volunteer.give_time": _("a noté des heures de bénévolat"),
        "volunteer.take_back_time": _("a repris des heures de bénévolat"),
        "activity.price": _("a fixé un prix"), "participant.reduce": _("a accordé une réduction"),
        "participant.end_reduction": _("a mis fin à une réduction"), "fee.charge": _("a noté un montant à payer"),
        "fee.pay": _("a encaissé un montant"), "fee.refund": _("a remboursé un montant"),
        "fee.waive": _("a renoncé à un montant"), "cash.close": _("a clos la caisse d’un jour"),
        "incident.report": _("a noté un incident d’activité"), "incident.read": _("a lu un incident d’activité"),
        "incident.follow": _("a noté la suite d’un incident"),
    }  # fmt: skip


def street_verbs() -> dict[str, str]:
    """This function will say in words what each act outside is: outings, contacts, kits, surfaces."""
    return {
        "area.create": _("a écrit un secteur"), "area.change": _("a changé un secteur"),
        "area.add_spot": _("a ajouté un endroit"), "area.end_spot": _("a ôté un endroit"),
        "area.record": _("a écrit des sorties notées sur papier"),
        "kit_kind.add": _("a ajouté une sorte de matériel"), "kit_kind.end": _("a ôté une sorte de matériel"),
        "outing.start": _("a commencé une sortie"), "outing.meet": _("a noté un contact"),
        "outing.kits": _("a noté du matériel remis ou repris"),
        "outing.take_back_contact": _("a repris un contact noté par erreur"),
        "photo.add": _("a ajouté une photo de surface"), "photo.clear": _("a dit qu’une photo ne montre personne"),
        "photo.remove": _("a retiré une photo de surface"),
    }  # fmt: skip


def supply_verbs() -> dict[str, str]:
    """This function will say in words what each act of the counters is: stock, till, plots, loans."""
    return {
        "supply.create_site": _("a ouvert un site de distribution"), "supply.change_site": _("a changé un site de distribution"),
        "supply.create_article": _("a écrit un article"), "supply.change_article": _("a changé un article"),
        "supply.receive": _("a reçu un lot"), "supply.lose": _("a noté une perte"),
        "supply.discard": _("a retiré un lot périmé ou rappelé"), "supply.pass_on": _("a passé un lot à un autre site"),
        "supply.count": _("a écrit un inventaire"), "supply.recall": _("a rappelé un lot"),
        "supply.read_recall": _("a vu les ménages à appeler pour un rappel"),
        "supply.set_rule": _("a écrit la règle des points"), "supply.open_card": _("a ouvert une carte d’épicerie"),
        "supply.change_card": _("a changé une carte d’épicerie"), "supply.grant_access": _("a ouvert un accès à l’épicerie"),
        "supply.end_access": _("a mis fin à un accès à l’épicerie"), "supply.read_card": _("a ouvert une carte d’épicerie"),
        "supply.read_cards": _("a vu la liste des cartes d’épicerie"), "supply.find_cards": _("a cherché une carte d’épicerie"),
        "supply.pass": _("a remis un panier"), "supply.cancel_passage": _("a annulé un passage"),
        "supply.receive_batch": _("a reçu un lot de tickets"), "supply.hand_tickets": _("a remis des tickets"),
        "supply.settle_tickets": _("a noté des souches"), "supply.open_campaign": _("a ouvert une campagne de cadeaux"),
        "supply.enrol_child": _("a donné un numéro à un enfant"), "supply.prepare_gifts": _("a compté des colis"),
        "supply.hand_gift": _("a remis un cadeau"), "supply.write_opening": _("a écrit une ouverture de donnerie"),
        "supply.take_back_opening": _("a repris une ouverture de donnerie"),
        "supply.add_plot": _("a ajouté une parcelle"), "supply.plot_rest": _("a mis une parcelle au repos"),
        "supply.plot_wake": _("a remis une parcelle en culture"), "supply.ask_plot": _("a écrit une demande de parcelle"),
        "supply.offer": _("a proposé une parcelle"), "supply.lapse": _("a laissé passer une proposition de parcelle"),
        "supply.take_plot": _("a confié une parcelle"), "supply.leave_garden": _("a noté un départ du potager"),
        "supply.add_item": _("a écrit du matériel à prêter"), "supply.lend": _("a prêté du matériel"),
        "supply.bring_back": _("a noté le retour d’un prêt"),
    }  # fmt: skip


def stay_verbs() -> dict[str, str]:
    """This function will say in words what each act of the night and day shelters is."""
    return {
        "stay_house.create": _("a écrit une maison d’accueil"), "stay_house.change": _("a changé une maison d’accueil"),
        "stay_house.open": _("a ouvert une maison d’accueil"), "stay_house.end_season": _("a fini une période d’ouverture"),
        "stay_house.add_beds": _("a monté des lits"), "stay_house.end_beds": _("a ôté des lits"),
        "stay_house.cold_plan": _("a ouvert un plan grand froid"), "stay_house.end_cold_plan": _("a fini un plan grand froid"),
        "stay.read": _("a vu qui est dans une maison d’accueil"), "stay.take_in": _("a donné un lit"),
        "stay.keep_bed": _("a gardé un lit"), "stay.await": _("a gardé les lits de la veille"),
        "stay.arrive": _("a noté une arrivée"), "stay.leave": _("a noté un départ"),
        "stay.come_back": _("a noté un retour"), "stay.release": _("a rendu des lits gardés"),
        "stay.take_back": _("a repris une nuit notée par erreur"), "stay.refuse": _("a compté un refus"),
        "stay.take_back_refusal": _("a repris un refus"), "stay.visit": _("a noté un passage"),
        "stay.take_back_visit": _("a repris un passage"), "stay.serve": _("a compté un service rendu"),
        "stay.incident": _("a noté un incident"), "stay.hand_over": _("a laissé un mot à la relève"),
        "stay.note_health": _("a noté la santé d’un hôte"), "stay.close": _("a clos une nuit ou une journée"),
        "stay.load": _("a chargé des nuits d’un fichier"), "stay.sent": _("a envoyé ce qu’un téléphone gardait"),
        "guest.add": _("a écrit un hôte"), "guest.change": _("a changé un hôte"),
        "guest.bind": _("a lié un hôte à une personne"), "guest.join": _("a réuni deux hôtes"),
        "guest.exclude": _("a exclu un hôte"), "guest.lift_exclusion": _("a levé une exclusion"),
        "guest.read": _("a ouvert la page d’un hôte"), "guest.list": _("a vu la liste des hôtes"),
    }  # fmt: skip


def all_verbs() -> dict[str, str]:
    """This function will give every act of these rooms in words."""
    return {
        **file_verbs(), **after_verbs(), **organ_verbs(), **paper_verbs(), **accompanying_verbs(),
        **house_verbs(), **street_verbs(), **supply_verbs(), **stay_verbs(), **strategic_verbs(),
    }  # fmt: skip
