"""The exponential function: near the true one, and to the last bit the same everywhere."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reader.heads.exponential import exponential

# Some powers and the bits of what they give, as an x86 processor with AVX-512 found them.
BITS = {
    0.0: 0x3F800000,
    -0.1: 0x3F67A36D,
    -0.5: 0x3F1B4598,
    -1.0: 0x3EBC5AB2,
    -2.5: 0x3DA81C2E,
    -20.0: 0x310DA433,
    -86.99: 0x00B503B6,
}


@given(st.floats(-87, 0, width=32))
def test_it_is_near_the_true_one(x: float) -> None:
    (found,) = exponential(np.array([x], np.float32))
    assert found == pytest.approx(math.exp(x), rel=3e-7)


@given(st.lists(st.floats(-100, 0, width=32), min_size=2, max_size=40))
def test_numbers_side_by_side_do_not_change_each_other(xs: list[float]) -> None:
    together = exponential(np.array(xs, np.float32))
    assert together.tolist() == [exponential(np.array([x], np.float32))[0] for x in xs]


@pytest.mark.parametrize("x", [-87.0, -88.0, -1e4, -math.inf])
def test_what_is_too_small_stays_an_ordinary_number(x: float) -> None:
    (found,) = exponential(np.array([x], np.float32))
    assert found == pytest.approx(math.exp(-87), rel=3e-7)
    assert found >= np.finfo(np.float32).tiny


@pytest.mark.parametrize(("x", "bits"), BITS.items())
def test_its_bits(x: float, bits: int) -> None:
    assert exponential(np.array([x], np.float32)).view(np.uint32)[0] == bits


def test_what_it_is_given_stays_as_it_was() -> None:
    x = np.full((3, 2), -1.5, np.float32)
    assert exponential(x).shape == (3, 2)
    assert (x == -1.5).all()
