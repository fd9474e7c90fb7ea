## What only SMS says, and the line under messages that nobody asked for now.

# "0. ..." under a menu that goes on: one short word.
menu-more = كتر
# The next page of a menu: by SMS the options alone.
menu-next = الباقي:
    .sms = { "" }
# Under every message that answers nothing: alerts, reminders.
alert-stop-line = إلا كتبتي STOP، مابقيناش نصيفطو ليك حتى ميساج.
    .sms = STOP = حتى ميساج مابقا
