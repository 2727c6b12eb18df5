"""What each kind of mail is filled with in tests: whoever adds a mail adds what is special to it."""

from typing import Any

# Names that mean the same in every mail.
COMMON: dict[str, Any] = {
    "name": "Garden of All",
    "listing": "Garden of All",
    "city": "Ghent",
    "reason": "Please say where it is.",
    "path": "/a/",
    "listing_path": "/b/",
    "mine_path": "/c/",
    "code": "1234 5678",
    "minutes": 15,
    "days": 30,
    "kept": "Garden of All",
    "merged": "Garden for All",
    "kept_path": "/d/",
    "merged_path": "/e/",
    "objection_path": "/f/",
}

# Kind: what else it says.
SAMPLES: dict[str, dict[str, Any]] = {
    "address-changed": {"was": "alice@example.org", "to": "alice@example.com"},
    "invitation": {"name": "Alice", "is_hand_over": False, "invitation_path": "/d/"},
    "steward-joined": {"name": "Bruno", "stewards_path": "/d/"},
    "steward-left": {"name": "Bruno", "stewards_path": "/d/"},
    "claim-approved": {"edit_path": "/d/"},
    "confirmation-asked": {
        "listings": [{"name": "Garden of All"}, {"name": "Tool library"}],
        "is_again": False,
        "confirmation_path": "/d/",
    },
    "desk-daily": {
        "total": 3,
        "lines": [{"count": 2, "kind": "New"}, {"count": 1, "kind": "Reports"}],
        "oldest": "Garden of All",
        "age": "for 5 days",
        "desk_path": "/desk/",
    },
}


def sample(kind: str) -> dict[str, Any]:
    return COMMON | SAMPLES.get(kind, {})
