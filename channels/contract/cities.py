"""Where the cities we know are, and which of them is nearest to a pin on a map."""

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

EARTH_KM = 6371.0  # mean radius; the error of a sphere is below half a per cent


@dataclass(frozen=True)
class City:
    """A city by its canonical value, with its centre in degrees (WGS 84)."""

    value: str
    latitude: float
    longitude: float


def load_cities(path: Path) -> tuple[City, ...]:
    """The cities of `data/places/cities.csv`. Raises OSError; ValueError and KeyError for a file that is not one."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(
            City(row["city"], float(row["latitude"]), float(row["longitude"]))
            for row in csv.DictReader(lines)
        )


def nearest(
    cities: Sequence[City], latitude: float, longitude: float, within_km: float = math.inf
) -> City | None:
    """The nearest city, as the crow flies; None where none is within so many kilometres."""
    distances = ((kilometres(city.latitude, city.longitude, latitude, longitude), city) for city in cities)
    distance, city = min(distances, key=lambda pair: pair[0], default=(math.inf, None))
    return city if distance <= within_km else None


def kilometres(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    """The great-circle distance of two points (haversine)."""
    north, to_north = math.radians(latitude), math.radians(to_latitude)
    half_north = math.sin((to_north - north) / 2) ** 2
    half_east = math.sin(math.radians(to_longitude - longitude) / 2) ** 2
    chord = half_north + math.cos(north) * math.cos(to_north) * half_east
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, chord)))
