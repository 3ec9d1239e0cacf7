"""The words made-up names are drawn from: common names of the region, and parts of rarer ones."""


def _listed(words: str) -> list[str]:
    return [word.strip() for word in words.split(",")]


WOMEN = _listed("""
    Marie, Nathalie, Isabelle, Sophie, Martine, Christine, Monique, Catherine, Anne, Julie,
    Céline, Laura, Sarah, Emma, Louise, Jeanne, Yvette, Nicole, Chantal, Françoise, Brigitte,
    Sandrine, Valérie, Stéphanie, Aurélie, Émilie, Camille, Manon, Chloé, Léa, Inès, Fatima,
    Khadija, Aïcha, Naïma, Samira, Yasmina, Zohra, Elif, Ayşe, Zeynep, Olena, Iryna, Svetlana,
    Rosa, Giulia, Francesca, Concetta, Mireille, Ghislaine, Bernadette, Anne-Sophie,
    Marie-Claire, Marie-Thérèse, Els, Griet, Hilde, Ilse, Mariam, Aminata, Fatoumata, Grâce,
    Blessing, Thérèse, Josiane, Huguette, Noémie, Océane, Jade, Zoé, Lina, Nour, Hélène
""")
MEN = _listed("""
    Jean, Michel, Philippe, Luc, Marc, Pierre, André, Daniel, Patrick, Christian, Alain, Éric,
    Thierry, Didier, Bernard, Olivier, Nicolas, Laurent, Benoît, Xavier, François, Thomas,
    Maxime, Julien, Kevin, Quentin, Mathieu, Simon, Arthur, Louis, Hugo, Nathan, Noah, Gabriel,
    Mohamed, Ahmed, Youssef, Rachid, Hassan, Abdellah, Karim, Bilal, Mehmet, Yusuf, Mustafa,
    Giuseppe, Salvatore, Antonio, Calogero, Ivan, Oleksandr, Dimitri, Jan, Koen, Wim, Bart,
    Dirk, Jean-Pierre, Jean-Marie, Jean-Claude, Ousmane, Ibrahima, Mamadou, Emmanuel, Patrice,
    Freddy, Willy, Guy, Ghislain, Firmin, Théo, Loïc, Ethan, Rayan, Adam, Zakaria
""")
LAST = _listed("""
    Dubois, Lambert, Dupont, Martin, Simon, Laurent, Leclercq, Renard, Lejeune, Delvaux, Dumont,
    Fontaine, Lefebvre, Lemaire, Carlier, Durieux, Gillet, Hubert, Jacobs, Peeters, Janssens,
    Maes, Willems, Claes, Goossens, Mertens, Wouters, Michiels, Vandenberghe, Vandamme,
    Vanderstraeten, Van~den~Broeck, De~Smet, De~Backer, De~Clercq, Desmet, D'Haese, D'Hondt,
    Dufrasne, Bourlard, Wauquier, Liénard, Stassart, Quenon, Lecocq, Mahieu, Staquet, Colmant,
    Degallaix, Brohée, Harmegnies, Cuvelier, Wattiez, Thiry, Thys, Goffin, Goffaux, Gossiaux,
    Gosselin, Philippart, Phillips, Mathot, Mathieu, Matthys, Baudoux, Boudart, Beaudoin,
    Godefroid, Godfroid, Collart, Collard, Henrard, Evrard, Gérard, Girard, Rousseau, Rossignol,
    Rossi, Russo, Esposito, Ferrari, Romano, Bruno, Gallo, Conti, Greco, Marino, Lombardo,
    Benali, Bouzid, El~Amrani, El~Idrissi, Ait~Ali, Benhaddou, Bouazza, Yilmaz, Demir, Kaya,
    Öztürk, Aydın, Çelik, Nguyen, Diallo, Bah, Barry, Traoré, Mbala, Ilunga, Kabongo, Mukendi,
    Kovalenko, Shevchenko, Petrenko, Nowak, Kowalski, Popescu, Ionescu, Santos, Silva, Ferreira,
    García, Fernández
""")
BEGIN = _listed("""
    Ver, Van, Des, Del, Bos, Bru, Cor, Cou, Dam, Far, Fla, Gau, Ghi, Hae, Her, Hou, Jol, Ker,
    Lam, Lan, Lie, Mar, Mal, Men, Mon, Nau, Noi, Pas, Per, Pol, Qui, Rai, Ren, Rom, Sau, Ser,
    Sto, Tho, Tir, Val, Var, Wau, Wil, Zel, Bau, Cha, Che, Cla, Dau, Dru, Fro, Gra, Gri, Hen,
    Lau
""")
MIDDLE = _listed("""
    an, ar, el, en, er, il, in, is, it, oc, on, or, ou, as, au, eur, ain, ieu, em, ol, am, ert,
    and, ant
""")
END = _listed("""
    ens, eau, eaux, ers, ard, art, in, is, on, ot, oux, iez, ez, et, ier, mans, sen, burg,
    court, ville, ghem, hove, beke, strat, quin, lain, mont, val, champ, aert, oit, age, elle,
    ieux, ens, kx
""")
