## Advice for who does not know what to learn: three questions at most.

ask-interest = Qu'aimez-vous faire, ou quel métier voulez-vous ?
ask-level = Et dans ce domaine, vous en êtes où ?
ask-availability = Avez-vous peu ou beaucoup de temps ? En ligne, ou près de chez vous ?
