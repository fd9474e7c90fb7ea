## Durations, lists and other pieces that the renderer puts together (channels/wording/render.py).
## CLDR has no Darija, and Babel gives Arabic units of time in the wrong form, so they are words here.

duration-minute = { $count ->
    [one] d9i9a
    [two] jouj d9aye9
    [few] { $count } d9aye9
   *[other] { $count } d9i9a
 }
duration-hour = { $count ->
    [one] sa3a we7da
    [two] sa3tin
    [few] { $count } swaye3
   *[other] { $count } sa3a
 }
duration-day = { $count ->
    [one] nhar wa7ed
    [two] youmayn
    [few] { $count } yyam
   *[other] { $count } youm
 }
duration-week = { $count ->
    [one] simana we7da
    [two] jouj simanat
    [few] { $count } simanat
   *[other] { $count } simana
 }
duration-month = { $count ->
    [one] chhar wa7ed
    [two] chahrayn
    [few] { $count } chhour
   *[other] { $count } chhar
 }
duration-year = { $count ->
    [one] 3am wa7ed
    [two] 3amayn
    [few] { $count } snin
   *[other] { $count } 3am
 }
duration-range = mn { $from } l { $to }
    .sms = { $from } l { $to }
list-next = { $start }, { $item }
list-last = { $start } w { $item }
options-button = Les choix
# When a turn failed on our side for good.
turn-failed = Sm7ou lina, w9e3 mochkil mn jihtna. Khass mo7awala okhra mn be3d chwiya.
    .sms = Sm7ou lina, w9e3 mochkil mn jihtna. Khass mo7awala okhra mn be3d chwiya.
