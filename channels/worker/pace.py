"""How much a worker takes at once: measured, and what an installation that says nothing else runs with."""

#: Turns and deliveries: with a provider that takes .3 s, 20 answers a second. Twice as many at once answer no more
#: where the processor is short, and have webhooks wait twice as long for the database (p99 at 50 a second).
AT_ONCE = 8
