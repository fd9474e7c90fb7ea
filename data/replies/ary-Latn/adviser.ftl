## What a person is told when an adviser takes their conversation, leaves it, or is not there.

adviser-took-over = Salam, m3ak { $name } mn l'équipe dyal lmostacharin. Ana li ghadi njawbek daba.
    .sms = M3ak { $name } mn lmostacharin. Ana li kanjawbek daba.
adviser-gave-back = Salat lhedra m3a lmostachar. Ana rj3t m3ak: 3la chno katqelleb?
    .sms = Salat lhedra m3a lmostachar. 3la chno katqelleb?
adviser-closed = Safi, talab dyalek tqda. Chokran 3la ti9a, w kteb lina w9t ma bghiti.
    .sms = Safi, talab dyalek tqda. Kteb lina w9t ma bghiti.
adviser-out-of-hours = Lmostacharin makayninch daba: ghadi yrj3o nhar { $day } m3a { $time }.
    .sms = Lmostacharin raj3in nhar { $day } m3a { $time }.
