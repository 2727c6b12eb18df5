"""Badges in a page: drawn once, used after that, and silent where a name stands beside them."""

from django.template import engines

from initiatives.drawing.badge import Member, group_badge, pair_badge

TWO = pair_badge("land", "make", 0.5)
THREE = group_badge("0123456789", [Member(key=key) for key in "abc"], is_shared=False)


def render(text: str, **context) -> str:
    return engines["django"].from_string("{% load shapes %}" + text).render(context)


class BadgeTests:
    def test_it_is_a_symbol_the_first_time_and_is_used_each_time(self):
        page = render("{% badge one %}{% badge one %}{% badge other %}", one=TWO, other=THREE)
        assert page.count(f'<symbol id="{TWO.key}"') == 1
        assert page.count(f'<use href="#{TWO.key}"') == 2
        assert page.count("<symbol") == 2

    def test_it_is_drawn_once_across_includes_too(self):
        peer = {"badge": TWO, "initiative": {"name": "Repair Café"}, "reasons": []}
        twice = '{% include "components/peer.html" %}{% include "components/peer.html" with peer=peer only %}'
        page = render(twice, peer=peer)
        assert page.count("<symbol") == 1
        assert page.count("<use") == 2

    def test_another_page_draws_it_again(self):
        template = engines["django"].from_string("{% load shapes %}{% badge one %}")
        assert template.render({"one": TWO}) == template.render({"one": TWO})

    def test_it_is_hidden_from_screen_readers_unless_it_has_a_title(self):
        assert 'aria-hidden="true"' in render("{% badge one %}", one=TWO)
        titled = render("{% badge one title %}", one=TWO, title="Tools & <things>")
        assert 'role="img"' in titled
        assert "<title>Tools &amp; &lt;things&gt;</title>" in titled

    def test_the_ground_is_yellow_only_where_one_reason_holds_for_all(self):
        assert "ground-shared" in render("{% badge one %}", one=TWO)
        assert "ground-shared" not in render("{% badge one %}", one=THREE)
