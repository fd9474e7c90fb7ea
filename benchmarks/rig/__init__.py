"""What several measurements stand on: the product's processes, people who write at a rate, providers that only take,
and the page their figures go to. It knows no single measurement.
"""
