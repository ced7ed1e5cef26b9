"""Identity: the same person, organisation, place across documents, with the evidence for each merge.

Within a story, `members` reads who its documents name, and `story` decides who is who by the rules of `persons`,
`offices`, `bodies`, `named`, `labels` and `capitals`. Across stories, `keys` says what evidence each of them offers, and
`linking` joins those who share some. `store` is the way in to both, and `who` answers for one name.
"""

from __future__ import annotations

from onrecord.ledger.identity.speakers import speaker_key, spoken_by

__all__ = ["speaker_key", "spoken_by"]
