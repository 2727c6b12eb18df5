"""What a directory stores between runs gives the same answers as what it was made from."""

import json
import pickle
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from initiatives.overlap.cells import cells_of, found_cells
from initiatives.overlap.corpus import corpus
from initiatives.overlap.engine import Engine, overlaps, woven
from initiatives.overlap.executor import InTurn, Threads
from initiatives.overlap.frequencies import Frequencies
from initiatives.overlap.neighbours import nearest, tasks
from initiatives.overlap.space import Space
from initiatives.overlap.traits import as_data, from_data
from tests.overlap.neighbourhood import ACTIVITIES, EVERYBODY

ENGINE = Engine(ACTIVITIES)
TRAITS = ENGINE.read(EVERYBODY)
SPACE = ENGINE.space(TRAITS)


class TraitsTests:
    def test_come_back_from_the_database_as_they_were(self) -> None:
        for traits in TRAITS:
            assert traits.meaning is not None
            back = from_data(json.loads(json.dumps(as_data(traits))), traits.meaning.tobytes())
            assert (back.listing, back.words, back.works) == (traits.listing, traits.words, traits.works)
            assert (back.meaning == traits.meaning).all()

    def test_hold_no_long_text(self) -> None:
        assert {(each.listing.mission, each.listing.description) for each in TRAITS} == {("", "")}

    def test_frequencies_come_back_too(self) -> None:
        told = corpus(TRAITS).frequencies
        back = Frequencies.from_data(json.loads(json.dumps(told.as_data())))
        stems = {stem for each in TRAITS for stem in each.words}
        assert {stem: back.rarity(stem) for stem in stems} == {stem: told.rarity(stem) for stem in stems}


class SpaceTests:
    def test_a_vector_is_a_byte_a_number(self) -> None:
        vectors = SPACE.vectors(TRAITS)
        assert vectors.shape == (len(EVERYBODY), 256)
        assert vectors.dtype == np.int8

    def test_a_stored_space_places_everybody_where_they_were(self) -> None:
        back = Space.from_bytes(SPACE.as_bytes())
        assert back.version == SPACE.version
        assert (back.vectors(TRAITS) == SPACE.vectors(TRAITS)).all()

    def test_one_is_placed_as_among_all(self) -> None:
        alone = np.vstack([SPACE.vectors([each]) for each in TRAITS])
        assert np.abs(alone.astype(int) - SPACE.vectors(TRAITS).astype(int)).max() <= 1

    def test_the_version_names_the_space(self) -> None:
        assert ENGINE.space(TRAITS).version == SPACE.version
        assert ENGINE.space(TRAITS[1:]).version != SPACE.version
        assert SPACE.version.startswith("use-")

    def test_without_an_encoder_the_directory_s_own_words_span_it(self) -> None:
        without = Engine(ACTIVITIES, None)
        assert without.space(without.read(EVERYBODY)).version.startswith("lsa-")


class Elsewhere:
    """Does every task on a copy that came over a wire, as another machine would."""

    def map(self, work: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        for task in tasks:
            sent_work, sent_task = pickle.loads(pickle.dumps((work, task)))  # noqa: S301 (our own)
            yield pickle.loads(pickle.dumps(sent_work(sent_task)))  # noqa: S301


class TaskTests:
    def test_the_work_may_be_done_by_anybody_in_any_number(self) -> None:
        field = ENGINE.field(corpus(TRAITS), SPACE.vectors(TRAITS))
        alone = woven(field, executor=InTurn())
        for executor in (Threads(3), Elsewhere()):
            together = woven(field, executor=executor)
            assert (alone.graph.pairs == together.graph.pairs).all()
            assert (alone.graph.weights == together.graph.weights).all()

    def test_a_task_holds_plain_arrays_and_its_own_rows(self) -> None:
        field = ENGINE.field(corpus(TRAITS), SPACE.vectors(TRAITS))
        asked = [row for task in tasks(field, None, None) for row in task.mine.rows.tolist()]
        assert sorted(asked) == list(range(len(field)))
        pairs, rows = nearest(next(iter(tasks(field, None, None))))
        assert rows == len(field)
        assert (pairs[:, 0] != pairs[:, 1]).all()

    def test_every_row_lies_in_one_cell(self) -> None:
        field = ENGINE.field(corpus(TRAITS), SPACE.vectors(TRAITS))
        cells = found_cells(field)
        placed = cells_of(field, cells)
        assert placed.dtype == np.int16
        assert set(placed.tolist()) <= set(range(len(cells)))

    def test_from_what_was_stored_the_same_is_found(self) -> None:
        stored = [
            from_data(json.loads(json.dumps(as_data(each))), each.meaning.tobytes())  # type: ignore[union-attr]
            for each in TRAITS
        ]
        first, again = (overlaps(ENGINE, each, SPACE.vectors(each)) for each in (TRAITS, stored))
        assert (first.pairs, first.groups) == (again.pairs, again.groups)
