## No more messages, and back. `opt-out-done` is the last thing said: it must say how to come back.

opt-out-done = C'est noté : vous ne recevrez plus rien de notre part ici. Pour revenir, écrivez START.
    .sms = C'est note: plus aucun message de Takwin. Pour revenir: START.
opt-in-done = Bon retour ! Je vous réponds de nouveau ici. Que cherchez-vous ?
    .sms = Bon retour! Que cherchez-vous ?
# Once, to somebody who stopped our messages and writes all the same.
opt-out-return = Vous aviez arrêté nos messages. Pour revenir, écrivez START. Effacer vos données, annuler une inscription ou demander un conseiller reste possible ici.
    .sms = Vous aviez arrêté nos messages. Pour revenir: START. Effacer, annuler, conseiller: toujours possible.
