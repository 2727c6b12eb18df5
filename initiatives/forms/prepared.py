"""Words for what comes up often on a desk: a title for the officer, and words that the reader gets in their own
language and that the officer may change first."""

from django.utils.translation import gettext_lazy as _

type Words = tuple[tuple[str, str], ...]

QUESTIONS: Words = (
    (_("Where it is"), _("Where can people find you? Please add your street, or the place where you meet.")),
    (_("What it does"), _("Please say a little more about what you do, with whom and for whom.")),
    (_("A website"), _("Is there a website, or a page elsewhere, where people can see what you do? Please add it.")),
    (_("Who decides"), _("Who decides in your initiative, and what happens with money that is left over?")),
    (_("The same one?"), _("A listing with nearly the same name exists already. Are you the same initiative?")),
)
REASONS: Words = (
    (
        _("Not a commons"),
        _(
            "This directory is for initiatives that people run together for a common good. As far as we can see, "
            "yours is a business of its owners."
        ),
    ),
    (_("Not here"), _("You do not seem to work in this city. Please register your initiative where it works.")),
    (
        _("Listed already"),
        _("This initiative is listed already. To keep that listing, open it and choose “Is this yours?”."),
    ),
    (_("No initiative"), _("This seems to be a single event, a call or a person, not an initiative that goes on.")),
    (
        _("Cannot be checked"),
        _(
            "We found nothing that shows that this initiative exists. Please send it again with a website or an "
            "address."
        ),
    ),
)
PUBLISHED = _("It belongs here: people run it together, and what the listing says can be followed up.")
APPROVED = _("What you wrote shows that you belong to this initiative.")
WITHDRAWN: Words = (
    (_("It has gone"), _("As far as we can find out, this initiative no longer exists.")),
    (_("About somebody"), _("A person whom this listing is about has asked us to take it out.")),
    (_("Not a commons"), _("This directory is for initiatives that people run together for a common good.")),
)
DENIED: Words = (
    (
        _("Not shown"),
        _(
            "What you wrote does not show that you belong to this initiative. Please ask again and name a page on "
            "its website that names you, or use its own e-mail address."
        ),
    ),
    (_("Kept already"), _("Somebody of this initiative keeps this listing already. Please ask them to invite you.")),
)
REVOKED: Words = (
    (_("Not theirs"), _("The initiative has told us that you do not speak for it.")),
    (_("Our mistake"), _("We approved this by mistake.")),
)
RESOLVED: Words = (
    (_("Corrected"), _("Thank you. The listing is correct now.")),
    (_("Ended"), _("Thank you. The listing now says that the initiative has ended.")),
    (_("Taken out"), _("Thank you. The listing is no longer in the directory.")),
)
DISMISSED: Words = (
    (_("It exists"), _("Thank you. We looked into it: the initiative exists, so the listing stays as it is.")),
    (_("It fits"), _("Thank you. We looked into it: the initiative belongs in this directory, so it stays.")),
)
