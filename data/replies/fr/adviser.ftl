## What a person is told when an adviser takes their conversation, leaves it, or is not there.

adviser-took-over = Bonjour, je suis { $name }, de l'équipe des conseillers. C'est moi qui vous réponds maintenant.
    .sms = { $name }, conseiller: je vous reponds maintenant.
adviser-gave-back = L'échange avec le conseiller est terminé. Je reprends le fil : écrivez-moi ce que vous cherchez.
    .sms = L'echange avec le conseiller est termine. Ecrivez-moi ce que vous cherchez.
adviser-closed = Votre demande est traitée, merci de votre confiance. Écrivez-nous quand vous voulez.
    .sms = Votre demande est traitee. Ecrivez-nous quand vous voulez.
adviser-out-of-hours = Les conseillers sont absents en ce moment : ils reviennent le { $day } à { $time }.
    .sms = Ils reviennent le { $day } a { $time }.
