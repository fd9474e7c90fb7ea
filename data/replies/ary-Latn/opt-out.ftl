## No more messages, and back. `opt-out-done` is the last thing said: it must say how to come back.

opt-out-done = Safi, 7besna: mab9a ywselk menna walou hna. W ila ktebti START, kanrej3ou njawbouk.
    .sms = Safi, 7besna: mab9a ywselk walou mn Takwin. Bach nrej3ou: START.
opt-in-done = Mer7ba bik mn jdid! Rje3na njawbouk hna. Chnou bghiti?
    .sms = Mer7ba bik mn jdid! Chnou bghiti?
# Once, to somebody who stopped our messages and writes all the same.
opt-out-return = Les messages dyalna m7bousin 7it tlebtiha. Bach nrej3ou, tekfi START. Mse7 lma3loumat, annulation wla mostachar mazal momkinin hna.
    .sms = Les messages m7bousin. Bach nrej3ou: START. Mse7, annulation, mostachar mazal momkinin.
