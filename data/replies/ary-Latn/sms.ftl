## What only SMS says, and the line under messages that nobody asked for now.

# "0. ..." under a menu that goes on: one short word.
menu-more = Ktar
# The next page of a menu: by SMS the options alone.
menu-next = Lba9i:
    .sms = { "" }
# Under every message that answers nothing: alerts, reminders.
alert-stop-line = Ila ktebti STOP, mab9inach nsiftou lik 7ta message.
    .sms = STOP = 7ta message mab9a
