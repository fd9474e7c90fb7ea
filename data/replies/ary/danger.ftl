## Danger: numbers to call first (data/places/helplines.csv), then who is told. No gender; short.

danger-help =
    { $word } النمرات ديال دابا: البوليس { $police } (فالبادية الجدارمية { $gendarmerie })، لامبيلانص { $civil_protection } ولا { $samu }.
    { $line }
    { $told }
    .sms = { $word } البوليس { $police } (البادية { $gendarmerie })، لامبيلانص { $civil_protection } ولا { $samu }. { $told } { $line }
# To what is written after it, until something else is wished for: no menu.
danger-stay = { $word } النمرات ديال دابا: البوليس { $police } (فالبادية { $gendarmerie })، لامبيلانص { $civil_protection } ولا { $samu }، العيالات { $women_line }، القاصرين { $child_line }. { $told }
    .sms = { $word } البوليس { $police } (البادية { $gendarmerie })، لامبيلانص { $civil_protection } ولا { $samu }، العيالات { $women_line }، القاصرين { $child_line }. { $told }
danger-told = علمنا مستشار بالزربة، وغادي يكتب ليك هنا.
    .sms = غادي يكتب ليك مستشار.
danger-told-no_contact = قيدتها: لا ميساج لا تيليفون. المستشارين كيشوفوها.
    .sms = قيدتها: لا ميساج لا تيليفون.
danger-here = أنا هنا وكنقرا كلامك.
    .sms = كنقرا كلامك.
danger-here-told = الميساجات ديالك عند مستشار وغادي يكتب ليك هنا غير يقدر. وأنا باقي معاك.
    .sms = غادي يكتب ليك مستشار.
danger-here-no_contact = المستشارين كيشوفو باللي ما بغيتي لا ميساج لا تيليفون. وأنا باقي معاك.
    .sms = قيدتها: لا ميساج لا تيليفون.
# What is asked for after danger: that nobody writes, who reads it, somewhere to go, another number.
danger-need-no_contact = واخا، قيدتها: لا ميساج لا تيليفون، والمستشارين كيشوفوها. إلا كان شي حد كيقرا هاد التيليفون، خاص هاد الميساجات يتمسحو منو.
    .sms = قيدتها: لا ميساج لا تيليفون. خاص هادو يتمسحو.
danger-need-who_reads = غير المستشارين ديال هاد الخدمة اللي كيقراو هادشي. ما كنعطيوه لا للعائلة، لا لمول الخدمة، لا للبوليس.
    .sms = غير المستشارين كيقراو هادشي.
danger-need-shelter = على بلاصة آمنة: البوليس يقدر يجي، و{ $women_line } (العيالات) و{ $child_line } (القاصرين) كيدلو على مركز ولا جمعية.
    .sms = بلاصة آمنة: { $women_line } ولا { $child_line }، والبوليس يجي.
danger-need-no_answer = إلا شي نمرة ما جاوباتش، كاينين لخرين. وإلا ما يمكنش التيليفون: الكوميسارية، السبيطار، ولا شي بلاصة فيها الناس.
    .sms = إلا ما يمكنش: الكوميسارية ولا السبيطار.
danger-word-self = قريت كلامك. كل روح غالية، ومزيان ملي كتبتي.
    .sms = كل روح غالية.
danger-word-violence = قريت كلامك. حتى واحد ما عندو الحق يدير هادشي.
    .sms = ما عند حد الحق فهادشي.
danger-word-medical = قريت كلامك. هادشي ما كيتسناش.
    .sms = هادشي ما كيتسناش.
danger-word-child = قريت كلامك. مزيان ملي قلتيها.
    .sms = مزيان ملي قلتيها.
danger-line-violence = للعيالات: { $women_line }، وللقاصرين: { $child_line }، فابور.
    .sms = العيالات { $women_line }، القاصرين { $child_line }.
danger-line-child = على الدراري: { $child_line }، فابور.
    .sms = الدراري: { $child_line }.
# To what is sad and names no danger; `concern-word` where a wish came with it, which is answered then.
concern = قريت كلامك، وهادشي صعيب بصح. كيف بقيتي دابا؟ واش معاك شي حد؟ إلا بغيتي، مستشار يكتب ليك.
    .sms = قريت كلامك، وهادشي صعيب. كيف بقيتي؟ واش معاك شي حد؟ إلا بغيتي، مستشار يكتب ليك.
concern-word = قريت كلامك، وقلبي معاك.
    .sms = قلبي معاك.
# Once more to somebody who was asked kindly already, and to their no.
concern-again = كنقرا كلامك وأنا هنا. كلشي اللي فقلبك كنقراه؛ ومستشار يقدر يكتب ليك، تكفي كلمة «اه».
    .sms = كنقرا كلامك وأنا هنا. مستشار يقدر يكتب ليك: اه.
concern-kept = واخا. أنا هنا، وقت ما بغيتي.
    .sms = واخا. أنا هنا، وقت ما بغيتي.
