"""The canonical values that the store checks: those of the contract every part of Takwin shares.

Only codes live here. What they are called in each variety is in `data/replies`, how people write them in
`data/gazetteer`.
"""

#: As they are offered to people: what most speak first.
VARIETIES = ("ary", "ary-Latn", "ar", "fr")
#: What most people who write to the service speak: for whoever did not let theirs be known.
DEFAULT_VARIETY = "ary"

CHANNELS = ("whatsapp", "telegram", "sms", "web")

TOPICS = (
    "it_support", "ux_design", "data_analysis", "project_management", "web_development", "mobile_development",
    "programming", "digital_marketing", "ecommerce", "cybersecurity", "cloud", "networking", "databases",
    "artificial_intelligence", "office_tools", "digital_basics", "graphic_design", "soft_skills",
    "job_search_skills", "english", "french", "entrepreneurship", "accounting", "sales", "human_resources",
    "customer_service", "low_code",
)  # fmt: skip

#: Providers a jobseeker can ask for by name. The catalogue may know more publishers than these.
PROVIDERS = (
    "google", "microsoft", "linkedin_learning", "coursera", "openclassrooms", "add", "anapec", "ofppt", "ibm",
    "meta", "edx", "mun",
)  # fmt: skip

OCCUPATIONS = (
    "call_center_agent", "web_developer", "data_analyst", "accountant", "graphic_designer", "project_manager",
    "it_technician", "community_manager", "salesperson", "administrative_assistant", "network_administrator",
    "cashier", "driver", "teacher", "electrician", "cook", "tailor", "nurse", "engineer", "waiter",
)  # fmt: skip

CITIES = (
    "agadir", "al_hoceima", "beni_mellal", "berrechid", "casablanca", "chefchaouen", "dakhla", "el_jadida",
    "errachidia", "essaouira", "fes", "guelmim", "ifrane", "kenitra", "khemisset", "khenifra", "khouribga",
    "ksar_el_kebir", "laayoune", "larache", "marrakech", "meknes", "midelt", "mohammedia", "nador", "ouarzazate",
    "oujda", "rabat", "safi", "sale", "sefrou", "settat", "sidi_kacem", "tanger", "taroudant", "taza", "temara",
    "tetouan", "tiznit", "zagora",
)  # fmt: skip

LEVELS = ("beginner", "intermediate", "advanced")
MODES = ("online", "in_person", "hybrid")
LANGUAGES = ("ar", "ary", "fr", "en", "es")
COSTS = ("free", "paid")
YES_NO = ("yes", "no")
EDUCATION = (
    "none", "primary", "middle_school", "high_school", "baccalaureate", "bac_plus_2", "bachelor", "master",
    "doctorate", "vocational",
)  # fmt: skip
EMPLOYMENT_STATUS = ("unemployed", "lost_job", "employed", "student", "project_leader", "employer")
COURSE_STATUS = ("open", "closed", "historic")

#: Topics whose study leads to an occupation. An occupation without an entry is one that no topic here leads to:
#: saying that an office course leads to cooking would be a guess.
TOPICS_OF_OCCUPATION: dict[str, tuple[str, ...]] = {
    "call_center_agent": ("customer_service", "french", "english"),
    "web_developer": ("web_development", "programming", "databases"),
    "data_analyst": ("data_analysis", "databases"),
    "accountant": ("accounting",),
    "graphic_designer": ("graphic_design", "ux_design"),
    "project_manager": ("project_management",),
    "it_technician": ("it_support", "networking"),
    "community_manager": ("digital_marketing",),
    "salesperson": ("sales", "customer_service"),
    "administrative_assistant": ("office_tools",),
    "network_administrator": ("networking", "cybersecurity"),
    "cashier": ("customer_service",),
}
