"""One stylesheet for readers, many small ones for whoever writes them.

css/site.css lists its parts as `@import url("row.css") layer(components);`. Every import would be a request of its own,
so collecting the static files puts each part, in its layer, where its line stands.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

CONTENTS = "css/site.css"
IMPORT = re.compile(r'@import url\("(?P<part>[\w-]+\.css)"\) layer\((?P<layer>\w+)\);')
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def bundle(contents: str, read: Callable[[str], str]) -> str:
    """`contents` with every part in its place; comments are for those who write, so they stay behind."""

    def part(line: re.Match[str]) -> str:
        return f"@layer {line['layer']} {{\n{read(line['part']).strip()}\n}}"

    return COMMENT.sub("", IMPORT.sub(part, contents))


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashes and compresses what whitenoise serves, after bundling the styles."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if CONTENTS in paths and not dry_run:
            paths = paths | {CONTENTS: (self, self._write_bundle(paths))}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _write_bundle(self, paths: dict[str, Any]) -> str:
        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return str(file.read(), "utf-8")

        text = bundle(read(CONTENTS), lambda part: read(f"css/{part}"))
        self.delete(CONTENTS)
        self.save(CONTENTS, ContentFile(text.encode()))
        return CONTENTS
