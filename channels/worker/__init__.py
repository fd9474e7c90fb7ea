"""Takes turns and deliveries from the queue, outlives what may happen, and has periodic work done.

What a job does is in `turn/`, `delivery/` and `takwin/jobs/`.
"""
