"""Bars per year: every year has its place, and the numbers are those of the table."""

from initiatives.drawing.chart import HEIGHT, WIDTH, year_chart


class YearChartTests:
    def test_years_without_any_have_a_place_too(self):
        chart = year_chart({2018: 3, 2021: 6}, until=2022)
        assert [(bar.year, bar.count) for bar in chart.bars] == [(2018, 3), (2019, 0), (2020, 0), (2021, 6), (2022, 0)]

    def test_heights_go_by_count(self):
        low, high = (float(bar.height) for bar in year_chart({2020: 3, 2021: 6}, until=2021).bars)
        assert high == 2 * low

    def test_earlier_years_are_told_not_drawn(self):
        chart = year_chart({1844: 1, 1990: 2, 2020: 4}, until=2026, years=30)
        assert (chart.earlier.label, chart.earlier.count) == ("1844–1990", 3)
        assert chart.bars[0].year == 1997
        assert chart.total == 7
        assert chart.highest.label == "2020"

    def test_years_to_come_are_left_out(self):
        assert [bar.year for bar in year_chart({2025: 1, 2031: 9}, until=2026).bars] == [2025, 2026]

    def test_nothing_known_has_no_chart(self):
        assert year_chart({}, until=2026) is None
        assert year_chart({2020: 0}, until=2026) is None
        assert year_chart({1844: 2}, until=2026, years=30) is None

    def test_everything_lies_in_the_picture(self):
        for years in (1, 5, 30):
            for bar in year_chart(dict.fromkeys(range(2027 - years, 2027), 5), until=2026, years=years).bars:
                assert 0 <= float(bar.x) < float(bar.end) <= WIDTH
                assert 0 <= float(bar.y) <= HEIGHT

    def test_first_middle_and_last_year_are_written(self):
        chart = year_chart(dict.fromkeys(range(2000, 2021), 1), until=2020)
        assert [bar.label for bar in chart.marks] == ["2000", "2010", "2020"]
        assert [bar.label for bar in year_chart({2020: 1}, until=2020).marks] == ["2020"]
