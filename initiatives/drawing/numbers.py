"""Numbers as SVG wants them: with a point in every language, and no more digits than an eye can see."""


def short(value: float) -> str:
    """The number rounded to a tenth: “12.5”, “12”, “0” (never “-0”)."""
    return f"{round(value, 1) + 0.0:g}"


def point(x: float, y: float) -> str:
    return f"{short(x)} {short(y)}"
