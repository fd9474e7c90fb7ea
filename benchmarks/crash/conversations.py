"""What the people of the crash test write: in each variety twenty messages whose answers tell how the dialogue stood.

"2" is answered with the course that was second in the list just shown, "another one" with the page after it: a turn
that ran twice, or not at all, changes the answers that follow. Texts in one tuple are written at once, without waiting;
their answers do not depend on which came first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Step = tuple[str, ...]

SCRIPTS: Mapping[str, Sequence[Step]] = {
    "fr": (
        ("bonjour",),
        ("je cherche une formation gratuite en gestion de projet",),
        ("2",),
        ("c'est certifiant ?",),
        ("autre chose",),
        ("merci", "vous êtes un robot ?"),
        ("je cherche une formation en informatique à Casablanca",),
        ("1",),
        ("combien de temps dure cette formation ?",),
        ("aide", "que faites-vous de mes données ?", "quelles sont mes inscriptions ?"),
        ("je cherche une formation en marketing digital",),
        ("encore",),
        ("1",),
        ("quelles agences à Rabat ?",),
        ("je cherche une formation en comptabilité",),
        ("2",),
        ("au revoir",),
    ),
    "ary-Latn": (
        ("salam",),
        ("bghit chi formation fabor f l'informatique",),
        ("1",),
        ("ch7al katdoum",),
        ("bghit wa7da khra",),
        ("chokran", "wach nta robot"),
        ("bghit nt3ellem marketing digital f casa",),
        ("2",),
        ("wach fiha chahada",),
        ("3awenni", "chno katdirou b les données dyali", "fin wslat l'inscription dyali"),
        ("bghit formation f design",),
        ("1",),
        ("ch7al katdoum",),
        ("bghit formation f la gestion de projet",),
        ("bghit wa7da khra",),
        ("1",),
        ("bslama",),
    ),
    "ar": (
        ("السلام عليكم",),
        ("أريد دورة في التسويق الرقمي",),
        ("1",),
        ("كم مدتها؟",),
        ("أريد المزيد",),
        ("شكرا", "هل أنت روبوت؟"),
        ("أبحث عن تكوين في المعلوميات في الدار البيضاء",),
        ("2",),
        ("هل هي مجانية؟",),
        ("مساعدة", "ماذا تفعلون ببياناتي؟", "ما هي تسجيلاتي؟"),
        ("أريد دورة في المحاسبة",),
        ("أريد المزيد",),
        ("1",),
        ("أريد دورة في إدارة المشاريع",),
        ("2",),
        ("هل تعطي شهادة؟",),
        ("مع السلامة",),
    ),
    "ary": (
        ("سلام",),
        ("بغيت نتعلم الانفورماتيك من الصفر",),
        ("1",),
        ("واش فابور",),
        ("بغيت شي وحدة اخرى",),
        ("شكرا", "واش نتا روبو"),
        ("بغيت تكوين ف الماركوتينغ",),
        ("2",),
        ("شحال كتدوم",),
        ("عاونّي", "شنو كتديرو بالمعلومات ديالي", "فين وصل التسجيل ديالي"),
        ("بغيت نتعلم التصميم",),
        ("1",),
        ("شحال كتدوم",),
        ("بغيت تكوين ف تدبير المشاريع",),
        ("بغيت شي وحدة اخرى",),
        ("1",),
        ("بسلامة",),
    ),
}


def script(variety: str, messages: int) -> Sequence[Step]:
    """The first steps of a variety's script that together have so many messages, or the fewest above."""
    taken: list[Step] = []
    for step in SCRIPTS[variety]:
        if sum(map(len, taken)) >= messages:
            break
        taken.append(step)
    return taken
