## Danger: numbers to call first, then who is told.

urgent-help = Hadchi li katgoul s3ib, w nta mohim 3andna. Ila kenti f khatar daba, 3eyyet: lboulis 19, jadarmiya 177 (berra lmdina), l'ambulance 15 wla 141. 3lemna wa7ed lmostachar houwa lowel, w ghadi yjawbek hna.
    .sms = Nta mohim. Ila kenti f khatar, 3eyyet: boulis 19, jadarmiya 177, ambulance 15 wla 141. 3lemna wa7ed lmostachar.
