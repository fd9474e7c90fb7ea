"""The twelve regions of Morocco (since 2015), by the cities of the contract. Names are the console's words."""

CITIES_OF_REGION: dict[str, tuple[str, ...]] = {
    "tanger_tetouan_al_hoceima": (
        "tanger",
        "tetouan",
        "al_hoceima",
        "chefchaouen",
        "larache",
        "ksar_el_kebir",
    ),
    "oriental": ("oujda", "nador"),
    "fes_meknes": ("fes", "meknes", "taza", "sefrou", "ifrane"),
    "rabat_sale_kenitra": ("rabat", "sale", "temara", "kenitra", "khemisset", "sidi_kacem"),
    "beni_mellal_khenifra": ("beni_mellal", "khenifra", "khouribga"),
    "casablanca_settat": ("casablanca", "mohammedia", "settat", "el_jadida", "berrechid"),
    "marrakech_safi": ("marrakech", "safi", "essaouira"),
    "draa_tafilalet": ("errachidia", "ouarzazate", "zagora", "midelt"),
    "souss_massa": ("agadir", "taroudant", "tiznit"),
    "guelmim_oued_noun": ("guelmim",),
    "laayoune_sakia_el_hamra": ("laayoune",),
    "dakhla_oued_ed_dahab": ("dakhla",),
}
REGION_OF_CITY = {city: region for region, cities in CITIES_OF_REGION.items() for city in cities}
