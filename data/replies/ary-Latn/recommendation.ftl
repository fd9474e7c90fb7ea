## Advice for who does not know what to learn: three questions at most.

ask-interest = Chnou li kay3ejbek, wla achmen khedma bghiti?
ask-level = W f had domaine, fin wsselti?
ask-availability = 3endek chwiya d lwe9t wla bzaf? Online, wla 9rib lik?
