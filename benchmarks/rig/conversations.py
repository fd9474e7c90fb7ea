"""What people write where turns and load are measured: a conversation of five messages in each variety."""

CONVERSATIONS = {
    "ary-Latn": (
        "salam",
        "bghit chi formation fabor f l'informatique",
        "1",
        "ch7al katdoum",
        "bghit wa7da b l3arbia",
    ),
    "fr": (
        "bonjour",
        "je cherche une formation gratuite en gestion de projet",
        "2",
        "c'est certifiant ?",
        "autre chose",
    ),
    "ar": ("السلام عليكم", "أريد دورة في التسويق الرقمي", "1", "كم مدتها؟", "أريد المزيد"),
    "ary": ("سلام", "بغيت نتعلم الانفورماتيك من الصفر", "1", "واش فابور", "بغيت شي وحدة اخرى"),
}
