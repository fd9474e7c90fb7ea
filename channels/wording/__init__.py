"""One reply in the form of each channel: words of a variety, options, pages, SMS segments, content templates.

No database and no provider: what goes in is a reply, what comes out is text and options.
"""
