from benchmarks.speed import exponent


class ExponentTests:
    def test_twice_the_time_for_twice_the_rows_is_one(self) -> None:
        assert exponent([(1_000, 2.0), (10_000, 20.0)]) == 1.0

    def test_a_hundred_times_the_time_for_ten_times_the_rows_is_two(self) -> None:
        assert exponent([(1_000, 1.0), (10_000, 100.0)]) == 2.0

    def test_one_size_tells_nothing_of_growth(self) -> None:
        assert exponent([(1_000, 1.0)]) is None
