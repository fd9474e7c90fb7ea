"""The values each entity may have, by its name; durations and ordinals have no list."""

from store.core import vocabulary

VALUES = {
    "topic": vocabulary.TOPICS,
    "provider": vocabulary.PROVIDERS,
    "occupation": vocabulary.OCCUPATIONS,
    "city": vocabulary.CITIES,
    "level": vocabulary.LEVELS,
    "mode": vocabulary.MODES,
    "language": vocabulary.LANGUAGES,
    "cost": vocabulary.COSTS,
    "certificate": vocabulary.YES_NO,
    "education": vocabulary.EDUCATION,
    "employment_status": vocabulary.EMPLOYMENT_STATUS,
}
