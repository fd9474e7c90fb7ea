"""What is settled before the engine is asked: danger, opting out, limits, guards, linking, media, an adviser has it.

One step a module, in the order of `takwin/compose/steps.py`. A step sends nothing by itself.
"""
