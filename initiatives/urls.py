"""The table of contents of the site."""

from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter

from initiatives.views import (
    account,
    administration,
    administration_mails,
    browse,
    bulk,
    demonstration,
    demonstration_mails,
    find_peers,
    group_curation,
    history,
    home,
    initiative,
    mails,
    maps,
    merging,
    moderation,
    opendata,
    overlaps,
    places,
    privacy,
    register,
    report,
    second_factor,
    signing_in,
    submission,
    terms,
    uploads,
    vocabulary,
)
from initiatives.views import machine as machines
from initiatives.views.desk import changes as desk_changes
from initiatives.views.desk import claims as desk_claims
from initiatives.views.desk import decisions, moves, queue
from initiatives.views.desk import listing as desk_listing
from initiatives.views.desk import reports as desk_reports
from initiatives.views.desk import undo as desk_undo
from initiatives.views.keep import claims, confirmations, edit, exchanges, mine, stewards, translations


class NameConverter(StringConverter):
    """Any name, but without NUL, which the database cannot be asked for."""

    regex = r"[^/\0]+"


register_converter(NameConverter, "name")

# For machines, in no language.
machine: list[URLPattern] = [
    path("livez", machines.livez, name="livez"),
    path("readyz", machines.readyz, name="readyz"),
    path("robots.txt", machines.robots, name="robots"),
    path("favicon.ico", machines.favicon, name="favicon"),
]

# For people, English at / and other languages behind their code.

# What somebody does: forms, buttons, and the pages of those who have signed in. They stand before the pages for
# reading, since an address such as initiatives/…/edit/ would be the page of a listing otherwise.
deeds: list[URLPattern | URLResolver] = [
    # Groups by hand.
    path("groups/<slug:public_id>/curate/", group_curation.curate, name="group-curate"),
    path("groups/<slug:public_id>/name/", group_curation.name, name="group-name"),
    path("groups/<slug:public_id>/unname/", group_curation.unname, name="group-unname"),
    path("groups/<slug:public_id>/split/", group_curation.split, name="group-split"),
    path("groups/<slug:public_id>/rejoin/", group_curation.rejoin, name="group-rejoin"),
    path("groups/<slug:public_id>/pin/", group_curation.pin, name="group-pin"),
    *(
        path(
            f"groups/<slug:public_id>/members/<slug:listing>/{deed}/",
            group_curation.place,
            {"deed": deed},
            name=f"group-member-{deed}",
        )
        for deed in ("pin", "unpin", "bar", "unbar")
    ),
    path("groups/<slug:public_id>/pairs/<slug:one>/<slug:other>/", group_curation.judge, name="group-judge"),
    path(
        "groups/<slug:public_id>/pairs/<slug:one>/<slug:other>/take-back/",
        group_curation.take_back,
        name="group-take-back",
    ),
    path("groups/<slug:public_id>/feedback/", group_curation.feedback, name="group-feedback"),
    # Reports by readers.
    path("initiatives/<slug:public_id>/report/", report.report, name="listing-report"),
    path("initiatives/<slug:public_id>/reported/", report.reported, name="listing-reported"),
    # The desk.
    path("desk/", queue.desk, name="desk"),
    path("desk/cities/<slug:slug>/", queue.desk, name="desk-city"),
    path("desk/moves/", moves.moves, name="desk-moves"),
    path("desk/listings/<slug:public_id>/", desk_listing.listing, name="desk-listing"),
    path("desk/listings/<slug:public_id>/publish/", decisions.publish, name="desk-publish"),
    path("desk/listings/<slug:public_id>/ask/", decisions.ask, name="desk-ask"),
    path("desk/listings/<slug:public_id>/decline/", decisions.decline, name="desk-decline"),
    path("desk/listings/<slug:public_id>/withdraw/", decisions.withdraw, name="desk-withdraw"),
    path("desk/listings/<slug:public_id>/confirm/", decisions.confirm, name="desk-confirm"),
    path("desk/listings/<slug:public_id>/seen/", desk_changes.see_all, name="desk-changes-seen"),
    path("desk/decisions/<int:event>/undo/", desk_undo.undo, name="desk-undo"),
    path("desk/claims/<int:claim>/approve/", desk_claims.approve, name="desk-claim-approve"),
    path("desk/claims/<int:claim>/deny/", desk_claims.deny, name="desk-claim-deny"),
    path("desk/claims/<int:claim>/revoke/", desk_claims.revoke, name="desk-claim-revoke"),
    path("desk/reports/<slug:public_id>/resolve/", desk_reports.resolve, name="desk-report-resolve"),
    path("desk/reports/<slug:public_id>/dismiss/", desk_reports.dismiss, name="desk-report-dismiss"),
    path("desk/claims/<int:claim>/undo/", desk_undo.undo_claim, name="desk-claim-undo"),
    path("desk/suspicious/dismiss/", desk_reports.dismiss_suspicious, name="desk-suspicious-dismiss"),
    path("desk/reports/<slug:public_id>/undo/", desk_undo.undo_report, name="desk-report-undo"),
    path("desk/changes/<int:change>/seen/", desk_changes.see, name="desk-change-seen"),
    path("desk/changes/<int:change>/revert/", desk_changes.revert, name="desk-change-revert"),
    # Merging.
    path("desk/pairs/<slug:one>/<slug:other>/", merging.pair, name="desk-pair"),
    path("desk/pairs/<slug:one>/<slug:other>/not-the-same/", merging.not_the_same, name="desk-not-the-same"),
    path("desk/listings/<slug:public_id>/same/", merging.candidates, name="desk-candidates"),
    path("desk/merges/", merging.merges, name="desk-merges"),
    path("desk/merges/<slug:public_id>/undo/", merging.undo, name="merge-undo"),
    path("desk/merges/<slug:public_id>/confirm/", merging.confirm, name="merge-confirm"),
    path("desk/merges/<slug:public_id>/refuse/", merging.refuse, name="merge-refuse"),
    path("desk/merges/<slug:public_id>/overrule/", merging.overrule, name="merge-overrule"),
    path("merges/<slug:public_id>/objection/", merging.objection, name="merge-objection"),
    # Many listings at once.
    path("desk/bulk/", bulk.bulk, name="desk-bulk"),
    path("desk/bulk/done/", bulk.bulk_deeds, name="desk-bulk-deeds"),
    path("desk/bulk/<slug:public_id>/", bulk.bulk_deed, name="desk-bulk-deed"),
    path("desk/bulk/<slug:public_id>/do/", bulk.bulk_do, name="desk-bulk-do"),
    path("desk/bulk/<slug:public_id>/undo/", bulk.bulk_undo, name="desk-bulk-undo"),
    path("desk/import/", uploads.uploads, name="desk-import"),
    path("desk/import/<slug:public_id>/", uploads.upload, name="desk-upload"),
    path("desk/import/<slug:public_id>/import/", uploads.upload_import, name="desk-upload-import"),
    path("desk/import/<slug:public_id>/undo/", uploads.upload_undo, name="desk-upload-undo"),
    # Accounts.
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-in/code/", signing_in.sign_in_code, name="sign-in-code"),
    path("sign-in/second-factor/", signing_in.sign_in_second_factor, name="sign-in-second-factor"),
    path("sign-in/passkey/", signing_in.sign_in_passkey, name="sign-in-passkey"),
    path("sign-in/passkey/options/", signing_in.passkey_options, name="sign-in-passkey-options"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("account/", account.account, name="account"),
    path("account/edit/", account.account_edit, name="account-edit"),
    path("account/email/", account.account_email, name="account-email"),
    path("account/email/code/", account.account_email_code, name="account-email-code"),
    path("account/data.json", privacy.account_data, name="account-data"),
    path("account/erase/", privacy.account_erase, name="account-erase"),
    path("account/sessions/", account.sessions, name="account-sessions"),
    path("account/sessions/end/", account.sessions_end, name="account-sessions-end"),
    path("account/sessions/<int:key>/end/", account.session_end, name="account-session-end"),
    path("account/confirm/", second_factor.confirm, name="account-confirm"),
    path("account/second-factor/", second_factor.second_factor, name="second-factor"),
    path("account/second-factor/app/", second_factor.app, name="second-factor-app"),
    path("account/second-factor/passkey/", second_factor.passkey, name="second-factor-passkey"),
    path("account/second-factor/<int:key>/remove/", second_factor.factor_remove, name="second-factor-remove"),
    path("account/second-factor/recovery-codes/", second_factor.recovery_codes, name="recovery-codes"),
    path("demonstration/", demonstration.demonstration, name="demonstration"),
    path("demonstration/<int:key>/become/", demonstration.become, name="become"),
    # Administration.
    path("administration/", administration.administration, name="administration"),
    path("administration/people/<int:key>/", administration.person, name="administration-person"),
    path("administration/appointments/<int:key>/end/", administration.appointment_end, name="administration-end"),
    path("administration/history/", history.administration_history, name="administration-history"),
    path("administration/cities/", administration.cities, name="administration-cities"),
    # Mails.
    path("mails/never-again/<str:token>/", mails.refuse, name="mail-refuse"),
    path("demonstration/mails/", demonstration_mails.mails, name="demonstration-mails"),
    path("demonstration/mails/<int:key>/", demonstration_mails.mail, name="demonstration-mail"),
    path("administration/mails/", administration_mails.mails, name="administration-mails"),
    path("administration/mails/<int:key>/send/", administration_mails.send_again, name="administration-mail-send"),
    path("administration/mails/<int:key>/drop/", administration_mails.drop, name="administration-mail-drop"),
    # What happened to a listing.
    path("initiatives/<slug:public_id>/history/", history.listing_history, name="listing-history"),
    # Registering.
    path("register/begin/", register.begin, name="register-begin"),
    path("register/status/<name:token>/", submission.status, name="submission"),
    path("register/status/<name:token>/answer/", submission.answer, name="submission-answer"),
    path("register/status/<name:token>/withdraw/", submission.withdraw, name="submission-withdraw"),
    path("register/<name:token>/", register.registration, name="registration"),
    path("register/<name:token>/check/", register.check, name="registration-check"),
    path("register/<name:token>/later/", register.later, name="registration-later"),
    path("register/<name:token>/mailed/", register.mailed, name="registration-mailed"),
    path("register/<name:token>/<slug:step>/", register.step, name="registration-step"),
    path("initiatives/<slug:public_id>/submission/", submission.of_listing, name="listing-submission"),
    # Keeping a listing.
    path("my/", mine.listings, name="my-listings"),
    path("my/claims/<int:key>/withdraw/", mine.withdraw_claim, name="claim-withdraw"),
    path("initiatives/<slug:public_id>/edit/", edit.edit, name="listing-edit"),
    path("initiatives/<slug:public_id>/status/", edit.status, name="listing-status"),
    path("initiatives/<slug:public_id>/confirm/", mine.confirm, name="listing-confirm"),
    path("initiatives/<slug:public_id>/withdraw/", mine.withdraw, name="listing-withdraw"),
    path("initiatives/<slug:public_id>/submit/", mine.submit, name="listing-submit"),
    path("initiatives/<slug:public_id>/needs/", exchanges.exchanges, name="listing-needs"),
    path("initiatives/<slug:public_id>/needs/add/", exchanges.add, name="need-add"),
    path("initiatives/<slug:public_id>/needs/<slug:exchange_id>/", exchanges.change, name="need-edit"),
    path("initiatives/<slug:public_id>/needs/<slug:exchange_id>/remove/", exchanges.remove, name="need-remove"),
    path("initiatives/<slug:public_id>/translations/", translations.translations, name="listing-translations"),
    path("initiatives/<slug:public_id>/translations/add/", translations.add, name="translation-add"),
    path("initiatives/<slug:public_id>/translations/<name:language>/", translations.change, name="translation-edit"),
    path(
        "initiatives/<slug:public_id>/translations/<name:language>/remove/",
        translations.remove,
        name="translation-remove",
    ),
    path("initiatives/<slug:public_id>/stewards/", stewards.stewards, name="listing-stewards"),
    path("initiatives/<slug:public_id>/stewards/leave/", stewards.leave, name="listing-leave"),
    path("initiatives/<slug:public_id>/stewards/<int:person>/remove/", stewards.remove, name="steward-remove"),
    path(
        "initiatives/<slug:public_id>/invitations/<int:key>/withdraw/",
        stewards.withdraw_invitation,
        name="invitation-withdraw",
    ),
    path("initiatives/<slug:public_id>/claim/", claims.claim, name="listing-claim"),
    path("invitations/<name:token>/", stewards.invitation, name="invitation"),
    path("confirmations/<name:token>/", confirmations.confirmations, name="confirmation"),
]

# What everybody may read.
pages: list[URLPattern] = [
    path("", home.home, name="home"),
    path("initiatives/", browse.initiatives, name="initiatives"),
    path("initiatives/<slug:public_id>/", initiative.initiative, name="initiative-short"),
    path("initiatives/<slug:public_id>/<name:slug>/", initiative.initiative, name="initiative"),
    path("initiatives.csv", opendata.initiatives_csv, name="initiatives-csv"),
    path("map/", maps.map_page, name="map"),
    path("find-peers/", find_peers.find, name="find-peers"),
    path("groups/", overlaps.groups, name="groups"),
    path("groups.csv", opendata.groups_csv, name="groups-csv"),
    path("groups/<slug:public_id>.csv", opendata.group_csv, name="group-csv"),
    path("groups/<slug:public_id>/", overlaps.group, name="group"),
    path("cities/", places.cities, name="cities"),
    path("cities/<name:slug>/", places.city, name="city"),
    path("cities/<name:slug>/moderation/", moderation.city_moderation, name="city-moderation"),
    path("domains/", vocabulary.domains, name="domains"),
    path("domains/<slug:slug>/", vocabulary.domain, name="domain"),
    path("licences/", vocabulary.licences, name="licences"),
    path("licences/<name:spdx_id>/", vocabulary.licence, name="licence"),
    path("tags/", vocabulary.tags, name="tags"),
    path("tags/<name:slug>/", vocabulary.tag, name="tag"),
    path("platforms/", home.platforms, name="platforms"),
    path("register/", register.start, name="register"),
    path("terms/", terms.terms, name="terms"),
    path("privacy/", terms.privacy, name="privacy"),
    path("about/", home.about, name="about"),
    path("accessibility/", home.accessibility, name="accessibility"),
    path("data/", opendata.data, name="data"),
]
