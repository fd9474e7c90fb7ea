## What a person is told without asking: an adviser changed their registration, a course they wished for is there.

registration-update-confirmed = Khbar zwina: tsjil dyalek f "{ $course }" ({ $reference }) t2akked.
    .sms = { $course } ({ $reference }): tsjil t2akked.
registration-update-waiting = Tsjil dyalek f "{ $course }" ({ $reference }) daba f la liste d'attente. Melli tkhwa chi blassa, ghadi n3elmouk.
    .sms = { $course } ({ $reference }): f la liste d'attente. Melli tkhwa blassa n3elmouk.
registration-update-in_progress = Safi, formation "{ $course }" ({ $reference }) bdat. Llah y3awen!
    .sms = { $course } ({ $reference }) bdat. Llah y3awen!
registration-update-completed = Alf mabrouk 3lik! 🎉 "{ $course }" ({ $reference }) kemlat. Daba certificat khassha tzad f CV dyalek.
    .sms = Mabrouk 3lik! { $course } ({ $reference }) kemlat.
registration-update-cancelled = Tsjil dyalek f "{ $course }" ({ $reference }) tannula. Ila bghiti ta3ref 3lach, wla bghiti formation khra, 7na hna.
    .sms = { $course } ({ $reference }): tsjil tannula. Ila kayn chi soual, 7na hna.

course-alert =
    Jat formation jdida kif tlebti: "{ $course }".
    Ila jawebti hna, nwerriwha lik wla nsejlouk fiha.
    { $stop }
    .sms =
        Formation jdida: { $course }
        { $stop }
option-see-course = Nchouf la formation
    .sms = Nchoufha
