## Danger: numbers to call first (data/places/helplines.csv), then who is told. No gender; short.

danger-help =
    { $word } للاتصال الآن: الشرطة { $police } (في البادية الدرك { $gendarmerie })، الإسعاف { $civil_protection } أو { $samu }.
    { $line }
    { $told }
    .sms = { $word } الشرطة { $police } (البادية { $gendarmerie })، الإسعاف { $civil_protection } أو { $samu }. { $told } { $line }
# To what is written after it, until something else is wished for: no menu.
danger-stay = { $word } للمساعدة الآن: الشرطة { $police } (في البادية { $gendarmerie })، الإسعاف { $civil_protection } أو { $samu }، النساء { $women_line }، القاصرون { $child_line }. { $told }
    .sms = { $word } الشرطة { $police } (البادية { $gendarmerie })، الإسعاف { $civil_protection } أو { $samu }، النساء { $women_line }، القاصرون { $child_line }. { $told }
danger-told = أخبرنا مستشارا على الفور، وسيكتب لك هنا.
    .sms = سيكتب لك مستشار.
danger-told-no_contact = سجلت طلبك: لا رسالة ولا اتصال، ويراه المستشارون.
    .sms = سجلت: لا رسالة ولا اتصال.
danger-here = أنا هنا وأقرأ كلامك.
    .sms = أقرأ كلامك.
danger-here-told = رسائلك عند مستشار وسيكتب لك هنا في أقرب وقت. يمكنك مواصلة الكتابة لي.
    .sms = سيكتب لك مستشار.
danger-here-no_contact = يرى المستشارون طلبك: لا رسالة ولا اتصال. يمكنك مواصلة الكتابة لي.
    .sms = سجلت: لا رسالة ولا اتصال.
# What is asked for after danger: that nobody writes, who reads it, somewhere to go, another number.
danger-need-no_contact = حسنا، سجلت طلبك: لا رسالة ولا اتصال، ويراه المستشارون. إن كان هناك من يقرأ هذا الهاتف، فالأفضل مسح هذه الرسائل منه.
    .sms = سجلت: لا رسالة ولا اتصال. الأفضل مسح الرسائل.
danger-need-who_reads = لا يقرأ هذه المحادثة إلا مستشارو هذه الخدمة. لا نسلمها للأسرة ولا للمشغل ولا للشرطة.
    .sms = لا يقرأ هذا إلا المستشارون.
danger-need-shelter = لمكان آمن: يمكن للشرطة أن تأتي، و{ $women_line } (النساء) و{ $child_line } (القاصرون) يدلان على مركز أو جمعية.
    .sms = لمكان آمن: { $women_line } أو { $child_line }، والشرطة تأتي.
danger-need-no_answer = إن لم يجب رقم فهناك غيره. وإن تعذر الاتصال: مركز الشرطة أو المستشفى أو مكان فيه ناس.
    .sms = إن تعذر: مركز الشرطة أو المستشفى.
danger-word-self = قرأت كلامك. كل حياة غالية، وخيرا فعلت بالكتابة.
    .sms = كل حياة غالية.
danger-word-violence = قرأت كلامك. لا أحد له الحق في ذلك.
    .sms = لا حق لأحد في ذلك.
danger-word-medical = قرأت كلامك. الأمر لا ينتظر.
    .sms = الأمر لا ينتظر.
danger-word-child = قرأت كلامك. خيرا فعلت بقول ذلك.
    .sms = خيرا فعلت.
danger-line-violence = للنساء: { $women_line }، وللقاصرين: { $child_line }، مجانا.
    .sms = النساء { $women_line }، القاصرون { $child_line }.
danger-line-child = للأطفال: { $child_line } مجانا.
    .sms = للأطفال: { $child_line }.
# To what is sad and names no danger; `concern-word` where a wish came with it, which is answered then.
concern = قرأت كلامك، وهذا صعب حقا. كيف حالك الآن؟ وهل بجانبك أحد؟ يمكن لمستشار أن يكتب لك، إن كانت لك رغبة في ذلك.
    .sms = قرأت كلامك، وهذا صعب. كيف حالك؟ هل بجانبك أحد؟ يمكن لمستشار أن يكتب لك.
concern-word = قرأت كلامك، وقلبي معك.
    .sms = قلبي معك.
# Once more to somebody who was asked kindly already, and to their no.
concern-again = أقرأ كلامك وأنا هنا. تمكن الكتابة لي عن كل شيء؛ ويمكن لمستشار أن يكتب لك، تكفي كلمة «نعم».
    .sms = أقرأ كلامك وأنا هنا. يمكن لمستشار أن يكتب لك: نعم.
concern-kept = حسنا. أنا هنا، وتمكن الكتابة لي في أي وقت.
    .sms = حسنا. أنا هنا في أي وقت.
