"""What a Rasa team would otherwise use: Rasa's own pipelines."""

_FEATURES = """
  - name: WhitespaceTokenizer
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
"""
DIET = f"""
recipe: default.v1
language: fr
pipeline:{_FEATURES}
  - name: DIETClassifier
    epochs: 100
    constrain_similarities: true
  - name: EntitySynonymMapper
  - name: FallbackClassifier
    threshold: 0.3
    ambiguity_threshold: 0.1
"""
LOGISTIC = f"""
recipe: default.v1
language: fr
pipeline:{_FEATURES}
  - name: LogisticRegressionClassifier
"""
