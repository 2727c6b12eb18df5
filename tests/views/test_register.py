"""Somebody without an account registers an initiative, confirms by mail, and sees where it stands."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.models import Initiative, Mail, Registration, User
from tests import people
from tests.registering import (
    LONG,
    SHORT,
    ask_link,
    begin,
    fill,
    mailed_link,
    post,
    registered,
    send,
    sent,
    text,
    vocabulary,
)
from tests.test_templates import faults

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _vocabulary() -> None:
    vocabulary()


class PageTests:
    def test_there_are_six_with_one_question_each(self) -> None:
        address, seen = begin(), []
        for slug, said in SHORT.items():
            page = text(Client().get(address))
            seen.append((re.findall(r"Step (\d) of 6", page), len(re.findall("<h1", page))))
            address = post(address, **said).headers["Location"]
            assert slug in SHORT
        assert seen == [([str(number)], 1) for number in range(1, 7)]

    def test_none_sets_a_cookie(self) -> None:
        address = begin()
        responses = [Client().get("/register/"), Client().get(address), post(address, **SHORT["name"])]
        assert [dict(response.cookies) for response in responses] == [{}, {}, {}]

    def test_nothing_is_kept_before_the_first_answer(self) -> None:
        Client().get(begin())
        assert Registration.objects.count() == 0

    def test_two_who_begin_have_two_drafts(self) -> None:
        assert begin() != begin()

    @pytest.mark.parametrize(
        ("slug", "said", "error"),
        [
            ("name", {"mission": "We mend."}, "Write the name of the initiative."),
            ("name", {"name": "Mend", "mission": "x" * 281}, "Use 280 characters at most: these are 281."),
            ("place", {"reach": "local"}, "Write the town or city."),
            ("place", {"where": "Atlantis", "reach": "local"}, "No town is known here as “Atlantis”."),
            ("work", {}, "Choose the field of work that fits best."),
            ("about", {"website": "javascript:alert(1)"}, "Write the address of a website"),
            ("about", {"founded": "3000"}, "Write a year between"),
            ("exchange", {"want_1": "A shed"}, "Choose what kind of thing it is."),
            ("email", {"email": "stan"}, "Write an e-mail address in the right form"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_written_stays(self, slug: str, said: dict, error: str) -> None:
        response = post(begin().replace("/name/", f"/{slug}/"), **said)
        page = text(response)
        assert (response.status_code, error in page) == (422, True)
        assert "<title>Error: " in page
        assert all(value in page for value in said.values() if value != "local")
        assert Registration.objects.count() == 0

    def test_the_mission_is_never_cut(self) -> None:
        address = begin()
        assert "maxlength" not in text(Client().get(address))
        post(address, name="Mend", mission="é" * 280)
        assert Registration.objects.get().answers["name"]["mission"] == ["é" * 280]

    def test_an_address_of_nobody_says_what_to_do(self) -> None:
        token = begin().split("/")[2]
        for forged in (token[:-1], f"x{token}", "nothing", f"{token}x"):
            response = Client().get(f"/register/{forged}/name/")
            assert (response.status_code, "This link does not work any more" in text(response)) == (404, True)

    def test_a_page_that_is_none_is_not_found(self) -> None:
        assert Client().get(begin().replace("/name/", "/nothing/")).status_code == 404


class HtmlTests:
    @pytest.mark.parametrize("language", ["en", "nl"])
    def test_every_page_is_valid(self, language: str) -> None:
        people.initiative(name="Mend in Ghent", mission="Lamps are mended.")
        check = fill(LONG, language=language)
        asked = [check.replace("/check/", f"/{slug}/") for slug in (*SHORT, "check", "later")]
        texts = [text(Client().get(address)) for address in asked]
        texts += [text(post(address)) for address in asked if "/name/" in address or "/email/" in address]
        prefix = "" if language == "en" else f"/{language}"
        after = send(check).headers["Location"]
        link = mailed_link()
        texts += [text(Client().get(address)) for address in (after, link, f"{prefix}/register/nothing/")]
        status = Client().post(link).headers["Location"]
        Initiative.objects.get(review_state="submitted").ask(by=people.officer(), question="Who?")
        texts.append(text(Client().get(status)))
        assert [fault for page in texts for fault in faults(language, page, language)] == []


class BackTests:
    def test_each_page_holds_what_was_answered(self) -> None:
        base = fill(LONG).removesuffix("check/")
        for slug, needles in {
            "name": ["Mend in Ghent"],
            "place": ['value="Gent"'],
            "work": ['value="repair-reuse" selected', "repair café, tools"],
            "about": ["Every first Saturday.", "2014"],
            "exchange": ["A dry shed", "Evenings on soldering"],
            "email": ["stan@example.org"],
        }.items():
            page = text(Client().get(f"{base}{slug}/"))
            assert [needle for needle in needles if needle not in page] == [], slug

    def test_an_earlier_page_answered_anew_leaves_the_others(self) -> None:
        base = fill(LONG).removesuffix("check/")
        before = Registration.objects.get().answers
        post(f"{base}name/", name="Fix in Ghent", mission="We fix.")
        after = Registration.objects.get().answers
        assert after["name"]["name"] == ["Fix in Ghent"]
        assert {slug: after[slug] for slug in after if slug != "name"} == {s: before[s] for s in before if s != "name"}

    def test_whoever_changes_an_answer_comes_back_to_all_of_them(self) -> None:
        check = fill()
        address = check.replace("/check/", "/place/?check")
        assert f'href="{check}"' in text(Client().get(address))
        assert post(address, where="Gand", reach="regional").headers["Location"] == check

    def test_an_answer_sent_twice_is_there_once(self) -> None:
        address = begin()
        assert post(address, **SHORT["name"]).headers["Location"] == post(address, **SHORT["name"]).headers["Location"]
        assert Registration.objects.count() == 1


class CheckTests:
    def test_shows_every_answer_with_a_way_to_change_it(self) -> None:
        page = text(Client().get(fill(LONG)))
        for shown in (
            "Mend in Ghent",
            "Ghent",
            "Repair",
            "repair café, tools",
            "https://mend.example.org",
            "2014",
            "Association",
            "A dry shed (space, to borrow or lend)",
            "stan@example.org",
        ):
            assert shown in page
        assert all(f"/{slug}/?check" in page for slug in SHORT)

    def test_what_is_missing_is_marked_and_cannot_be_sent(self) -> None:
        address = post(begin(), **SHORT["name"]).headers["Location"]
        check = address.replace("/place/", "/check/")
        page = text(Client().get(check))
        assert page.count("An answer is missing here.") == 3  # place, work, email
        assert send(check).status_code == 422
        assert Initiative.objects.count() == 0

    def test_consent_is_asked_for(self) -> None:
        response = send(fill(), consent="")
        assert (response.status_code, "Tick the box if you agree" in text(response)) == (422, True)
        assert Initiative.objects.count() == 0


class SendTests:
    def test_makes_a_draft_that_nobody_sees(self) -> None:
        registration = sent(LONG)
        listing = registration.initiative
        assert (listing.review_state, listing.name, listing.city.slug) == ("draft", "Mend in Ghent", "ghent")
        assert (listing.contact, listing.data_licence) == ("stan@example.org", "CC0-1.0 AND CC-BY-SA-4.0")
        assert (listing.founded_year, listing.founded_precision) == (2014, "approximate")
        assert next(row.domain.slug for row in listing.domain_rows.all()) == "repair-reuse"
        assert listing.domain_rows.count() == 3
        assert sorted(tag.name for tag in listing.tags.all()) == ["repair café", "tools"]
        assert [(row.exchange_type, row.title) for row in listing.exchanges.all()] == [
            ("want", "A dry shed"),
            ("offer", "Evenings on soldering"),
        ]
        assert [row.version for row in listing.consents.all()] == ["2026-11-23"]
        assert "Mend in Ghent" not in text(Client().get("/initiatives/"))

    def test_mails_one_link_that_says_nothing_of_what_was_written(self) -> None:
        sent()
        mail = Mail.objects.get()
        assert (mail.kind, mail.to, mail.is_unverified) == ("confirm-registration", "stan@example.org", True)
        assert "Mend" not in str(mail.context)

    def test_answers_the_same_whoever_the_address_belongs_to(self) -> None:
        people.person("Stan")
        known, unknown = sent(), sent(SHORT | {"email": {"email": "nobody@example.org"}})
        pages = [text(Client().get(each.get_absolute_url())) for each in (known, unknown)]
        plain = [
            page.replace(each.email, "").replace(each.token, "")
            for page, each in zip(pages, (known, unknown), strict=True)
        ]
        assert plain[0] == plain[1]

    def test_back_and_sending_again_leads_to_the_same_and_doubles_nothing(self) -> None:
        check = fill()
        first, again = send(check), send(check)
        assert first.headers["Location"] == again.headers["Location"]
        assert (Initiative.objects.count(), Mail.objects.count()) == (1, 1)
        name = check.replace("/check/", "/name/")
        assert Client().get(name).status_code == post(name, name="Other", mission="Other.").status_code == 302
        assert Initiative.objects.get().name == "Mend in Ghent"


class LaterTests:
    def test_the_link_leads_on_where_one_stopped(self) -> None:
        address = post(begin(), **SHORT["name"]).headers["Location"]
        later = post(address, where="Atlantis", reach="local", later="1").headers["Location"]
        assert later.endswith("/later/")
        assert ask_link(later, "stan@example.org").status_code == 302
        link = mailed_link("registration-saved")
        assert Client().get(link).headers["Location"] == f"{link}place/"
        page = text(Client().get(f"{link}place/"))
        assert 'value="Atlantis"' in page
        assert "Error:" not in page

    def test_link_and_confirmation_are_one_mail(self) -> None:
        address = fill().replace("/check/", "/later/")
        ask_link(address, "stan@example.org")
        send(address.replace("/later/", "/check/"))
        assert Mail.objects.count() == 1
        response = Client().post(Mail.objects.get().context["path"])
        assert Initiative.objects.get().review_state == "submitted"
        assert response.status_code == 302

    def test_who_came_by_the_link_need_not_confirm_again(self) -> None:
        ask_link(fill().replace("/check/", "/later/"), "stan@example.org")
        check = f"{mailed_link('registration-saved')}check/"
        response = send(check)
        assert Initiative.objects.get().review_state == "submitted"
        assert "It waits for the officers." in text(Client().get(response.headers["Location"], follow=True))

    def test_an_address_that_was_corrected_takes_the_link_from_the_wrong_one(self) -> None:
        registration = sent()
        wrong = mailed_link()
        ask_link(f"{registration.get_absolute_url()}later/", "olga@example.org")
        assert Client().post(wrong).status_code == 404
        Client().post(mailed_link())
        assert User.objects.get(stewardships__initiative=registration.initiative_id).email == "olga@example.org"

    def test_after_thirty_days_it_says_so(self) -> None:
        address = fill()
        Registration.objects.update(changed_at=timezone.now() - timedelta(days=31))
        response = Client().get(address)
        assert (response.status_code, "Answers are kept for thirty days" in text(response)) == (404, True)


class ConfirmTests:
    def test_opening_the_link_changes_nothing(self) -> None:
        sent()
        page = text(Client().get(mailed_link()))
        assert "Yes, register it" in page
        assert Initiative.objects.get().review_state == "draft"
        assert User.objects.count() == 0

    def test_the_button_submits_and_makes_them_steward(self) -> None:
        address = registered()
        listing = Initiative.objects.get()
        person = User.objects.get()
        assert (listing.review_state, person.email) == ("submitted", "stan@example.org")
        assert [(row.person, row.origin) for row in listing.stewardships.all()] == [(person, "registered")]
        assert [row.person for row in listing.consents.all()] == [person]
        assert "It waits for the officers." in text(Client().get(address))

    def test_signs_nobody_in(self) -> None:
        sent()
        browser = Client()
        browser.post(mailed_link())
        assert dict(browser.cookies) == {}

    def test_pressed_twice_it_is_done_once(self) -> None:
        first = registered()
        assert Client().post(mailed_link()).status_code == 302
        assert Client().get(first).status_code == 200
        assert (User.objects.count(), Initiative.objects.get().review_events.count()) == (1, 1)

    def test_who_is_known_keeps_it_with_their_account(self) -> None:
        stan = people.person("Stan")
        registered(SHORT | {"email": {"email": "Stan@Example.org"}})
        assert [row.person for row in Initiative.objects.get().stewardships.all()] == [stan]

    def test_the_link_of_the_draft_does_not_confirm(self) -> None:
        draft = sent()
        Client().post(f"/register/{draft.draft_token}/")
        assert Initiative.objects.get().review_state == "draft"


class KnownTests:
    def test_a_likely_twin_is_shown_with_a_way_to_claim_it(self) -> None:
        twin = people.initiative(name="Mend in Ghent", mission="Lamps are mended.")
        page = text(Client().get(post(begin(), **SHORT["name"]).headers["Location"]))
        assert "Is it one of these?" in page
        assert twin.get_absolute_url() in page

    def test_so_is_one_with_the_same_website(self) -> None:
        twin = people.initiative(name="De Herstellers", primary_url="https://mend.example.org/", domains=["education"])
        page = text(Client().get(fill(LONG)))
        assert twin.get_absolute_url() in page

    def test_what_waits_for_an_officer_is_shown_to_nobody_else(self) -> None:
        people.initiative(name="Mend in Ghent", review_state="submitted")
        page = text(Client().get(post(begin(), **SHORT["name"]).headers["Location"]))
        assert "Is it one of these?" not in page

    def test_while_one_types_a_script_is_told_and_nothing_is_kept(self) -> None:
        people.initiative(name="Mend in Ghent")
        response = Client().post(begin(), SHORT["name"], headers={"X-Requested-With": "fetch"})
        assert "Is it one of these?" in text(response)
        assert "<html" not in text(response)
        assert Registration.objects.count() == 0


class ContactTests:
    @pytest.mark.parametrize("contact", ["me@example.org", "+32 9 233 12 34", "09 233 12 34"])
    def test_are_public_only_where_their_owner_says_so(self, contact: str) -> None:
        address = begin()
        said: dict[str, Any] = {"name": "Mend", "mission": f"We mend: {contact}."}
        page = text(post(address, **said))
        assert "say below that it may be read by everybody" in page
        assert 'name="shows_contact"' in page
        assert post(address, **said, shows_contact="on").status_code == 302
        base = address.removesuffix("name/")
        for slug in list(SHORT)[1:]:
            post(f"{base}{slug}/", **SHORT[slug])
        send(f"{base}check/")
        assert Initiative.objects.get().shows_contact

    def test_are_not_asked_about_without_reason(self) -> None:
        assert "shows_contact" not in text(Client().get(begin()))
        assert not sent().initiative.shows_contact
