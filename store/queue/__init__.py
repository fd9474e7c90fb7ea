"""The queue's tables as the store touches them: Procrastinate's schema, its connections, claims of jobs.

Jobs are ended here in the transaction of what they did. What a job does belongs to `channels/worker` and `takwin/jobs`.
"""
