## Registering: consent, name, city, education, summary; then what becomes of it.

# Changing this wording needs a new version in data/consent.json: it says what is kept, why, for how long.
ask-consent =
    باش نسجلك ف «{ $course }»، كنخليو عندنا السمية، المدينة والمستوى الدراسي ديالك. كنخدمو بيهم فالتسجيل، وباش المستشارين يتبعوه. كيبقاو عندنا عامين بالكثير، وإلا طلبتي قبل، كنمسحوهم.
    واش قبلتي؟
    .sms = للتسجيل وباش يتبعوه المستشارين، كنخليو السمية، المدينة، القراية، عامين بالكثير، وكنمسحوهم إلا طلبتي قبل. قبلتي؟
# Elsewhere one thing is asked at a time; an SMS asks at once for all that is missing ("both": city and education).
ask-name =
    { $missing ->
       *[both] شنو السمية الكاملة ديالك؟
    }
    .sms =
        { $missing ->
            [city] السمية كاملة والمدينة؟ مثلا: أمينة علمي، فاس
            [education] السمية كاملة والقراية؟ مثلا: أمينة علمي، باك+2
            [nothing] شنو السمية الكاملة ديالك؟
           *[both] السمية كاملة، المدينة، القراية؟ مثلا: أمينة علمي، فاس، باك+2
        }
ask-city =
    { $missing ->
       *[both] السكنى ديالك فأشمن مدينة ولا دوار؟
    }
    .sms =
        { $missing ->
            [both] المدينة والمستوى ديال القراية؟ مثلا: فاس، باك+2
           *[city] أشمن مدينة ولا دوار؟
        }
ask-education = حتى لفين وصلتي فالقراية؟
ask-confirmation =
    ها شنو عندي: { $name }، { $city }، { $education }.
    الفورماسيون: { $course }
    واش هادشي صحيح؟
    .sms = { $name }، { $city }، { $education }. { $course }، صحيح؟
ask-what-to-correct = شنو خاصو يتصحح؟ وإلا كتبتي الجواب الصحيح نيشان، حتى هي مزيانة.
    .sms = شنو خاصو يتصحح؟ ولا الجواب الصحيح نيشان.
registered =
    صافي { $name }، درناها! الطلب ديال التسجيل ف «{ $course }» تقيد.
    الكود ديالك: { $reference }
    { $next }
    .sms =
        صافي! الكود ديالك: { $reference }
        { $next }
registered-link = البداية من هنا: { $url }
    .sms = { $url }
registered-waiting =
    البلايص ف «{ $course }» عمرو: سميتك فليستة ديال الانتظار، { $name }.
    الكود ديالك: { $reference }
    { $next }
    .sms = { $course }: عامرة. سميتك فالانتظار: { $reference }
registration-without-consent = واخا، ماخلينا عندنا والو وماتسجلتيش. ونقدرو نكملو نقلبو عادي.
    .sms = واخا، ماخلينا عندنا والو. ونقدرو نكملو نقلبو عادي.
registration-consent-elsewhere = واخا، ماتسجلتيش فهاد التكوين. السمية، المدينة والمستوى الدراسي ديالك باقيين على قبل التسجيلات اللي عندك. وإلا بغيتي كلشي يتمسح، غير قولها لينا.
    .sms = واخا، ماتسجلتيش. معلوماتك باقيين للتسجيلات لوخرين، ومسحهم من حقك.
registration-abandoned = واخا، خلينا هاد التسجيل. ماتقيد والو.
already-registered = عندك ديجا التسجيل ف «{ $course }»: { $reference }، { $state }.
    .sms = تسجلتي ف { $course }: { $reference }، { $state }
registration-closed = التسجيل ف «{ $course }» تسد.
no-registration = دابا ماعندك حتى تسجيل.
registrations =
    { $count ->
        [one] التسجيل ديالك:
        [two] عندك جوج ديال التسجيلات:
        [few] عندك { $count } ديال التسجيلات:
        [many] عندك { $count } تسجيل:
       *[other] عندك { $count } تسجيل:
    }
    { $registrations }
registration-line = { $reference } — { $course }: { $state }
which-registration = أشمن تسجيل قصدتي؟
ask-cancel = نلغي التسجيل ديالك ف «{ $course }» ({ $reference })؟
    .sms = نلغي { $course } ({ $reference })؟
cancelled = صافي، تلغى: «{ $course }» ({ $reference }).
taken-back = صافي، تصلحات: «{ $course }» ({ $reference })، الحالة: { $state }.
take-back-adviser = مابقيتش نقدر نصلحها هنا. شي مستشار يقدر: الجواب «إيه».
not-cancelled = واخا، التسجيل ديالك باقي كيف ما هو.
congratulations = ألف مبروك عليك! 🎉 السيرتيفيكا ديالك خاصها تبقى محفوظة، وتزاد فالسيفي ديالك.
    .sms = مبروك عليك! السيرتيفيكا خاصها تبقى محفوظة وتزاد فالسيفي ديالك.
completed = ألف مبروك عليك! 🎉 برافو، كملتي «{ $course }» ({ $reference })! دابا السيرتيفيكا خاصها تزاد فالسيفي ديالك.
    .sms = مبروك! كملتي { $course } ({ $reference }). السيرتيفيكا للسيفي!
access-first-aid =
    بعدا نجربو هادشي:
    • نحلو اللينك ف Chrome، وتكون الكونيكسيون مزيانة؛
    • نشوفو واش الإيميل مكتوب صحيح، وحتى ف spam؛
    • إلا المودباص تنسى، كاين «mot de passe oublié».
    { $link }
    إلا ماخدمش، بغيتي شي مستشار يعاونك؟
    .sms = اللينك ف Chrome، الإيميل ف spam، ولا مودباص جديد. ولا مستشار يعاونك؟
access-link = اللينك: { $url }
registration-left = واخا، نخليو التسجيل دابا: ما تحفظ والو. باش نرجعو ليه، تكفي كلمة «تسجيل».
    .sms = واخا، نخليو التسجيل دابا. باش نرجعو ليه: تسجيل
ask-complete = واش ساليتي «{ $course }»؟
ask-complete-elsewhere = واش ساليتي شي فورماسيون؟
not-completed = واخا، ما تبدل والو.
