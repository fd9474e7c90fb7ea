## One course: its page and the questions about it. Unknown is said, never guessed.

course-page =
    { $course }
    { $summary }
    { $facts }
    بغيتي نسجلك فيها؟
    .sms =
        { $course }
        { $facts }
course-page-past =
    { $course }
    { $summary }
    { $facts }
    هاد الفورماسيون فات وقتها، مابقاش فيها التسجيل.
    .sms =
        { $course }
        فات وقتها، مابقاش التسجيل.
fact-provider = من عند { $provider }
    .sms = { $provider }
fact-provider-on = من عند { $provider }، على { $platform }
    .sms = { $provider }، { $platform }
fact-duration = المدة: { $duration }
    .sms = { $duration }
fact-level = المستوى: { $level }
    .sms = { $level }
fact-language = اللغة: { $languages }
    .sms = ب{ $languages }
fact-mode = { $mode }
fact-mode-city = { $mode }، ف{ $city }
fact-cost-free = فابور
fact-cost-paid = بالفلوس
fact-certificate-yes = فيها سيرتيفيكا
fact-certificate-no = مافيهاش سيرتيفيكا
fact-certificate-named = السيرتيفيكا: { $name }
    .sms = فيها السيرتيفيكا
fact-prerequisites = شنو خاص: { $prerequisites }
fact-education = القراية اللي خاصة: { $education }
fact-starts-on = كتبدا: { $date }
fact-phone-yes = كتخدم فالتيليفون
fact-phone-no = ماكتخدمش فالتيليفون
fact-computer-yes = خاص البيسي
fact-computer-no = ماخاصش البيسي
fact-url = اللينك: { $url }
    .sms = { "" }
facts-not-stated = ماعندناش معلومات على: { $missing }
    .sms = { "" }
fact-not-stated = ماعندناش المعلومة
course-fact = { $course } — { $fact }
not-stated = { $course }: ماعندناش معلومة على { $aspect }. شي مستشار يقدر يسول ليك.
    .sms = { $course }: ماقالوش { $aspect }. مستشار يسول ليك.
fact-of-course = { $n }. { $course } — { $fact }
facts-of-courses = { $courses }
which-course = أشمن فورماسيون قصدتي؟
which-course-none = أشمن فورماسيون قصدتي؟ يالاه نقلبو عليها بعدا.
general-cost = بزاف ديال الفورماسيونات فابور. الثمن كيكون مكتوب مع كل وحدة، إلا كان معروف. و Takwin ديما فابور.
    .sms = بزاف منهم فابور. الثمن مكتوب إلا كان معروف. Takwin ديما فابور.
general-certificate = أغلبيتهم فيهم سيرتيفيكا من عند الشريك (Google، Microsoft، Coursera، OpenClassrooms...)، ومعروفة عند شي شركات. كتكون مكتوبة مع كل فورماسيون.
    .sms = أغلبيتهم بسيرتيفيكا (Google، Microsoft...). كتكون مكتوبة مع كل وحدة.
general-duration = كاينين من شي سوايع حتى لشي شهور، وغالبا على حساب الوقت ديالك. بغيتي قصيرة ولا طويلة؟
    .sms = من شي سوايع حتى لشي شهور، على حساب وقتك. قصيرة ولا طويلة؟
general-prerequisites = بزاف ديال الفورماسيونات ماخاصهم لا ديبلوم لا تجربة. شنو المستوى ديالك؟ وأنا نقلب ليك.
    .sms = بزاف منهم ماخاصهم لا ديبلوم لا تجربة. شنو المستوى ديالك؟
general-mode = أغلبيتهم أونلاين، من الدار. بغيتي أونلاين، ولا فأشمن مدينة؟
general-schedule = اللي أونلاين، غالبا كتبدا وقتما بغيتي. التواريخ كيكونو مكتوبين مع كل وحدة، إلا كانو معروفين.
    .sms = اللي أونلاين، غالبا وقتما بغيتي. التواريخ مكتوبين إلا كانو معروفين.
general-course-language = كاينين بالعربية، بالفرنسية وبالإنجليزية. أشمن لغة بغيتي؟
general-equipment = البيسي كيعاون، ولكن شي فورماسيونات كيخدمو حتى فالتيليفون. كيكون مكتوب مع كل وحدة، إلا كان معروف.
    .sms = البيسي كيعاون، وشي وحدين كيخدمو فالتيليفون. مكتوب إلا كان معروف.
general-provider = الفورماسيونات من عند Google و Microsoft و LinkedIn Learning و Coursera و OpenClassrooms ووكالة التنمية الرقمية (ADD).
    .sms = Google، Microsoft، LinkedIn Learning، Coursera، OpenClassrooms، ADD.
provider-about = { $name }: { $about }
