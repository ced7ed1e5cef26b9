"""Batches of examples → tensors, and the loss of every head that a batch can teach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from onrecord.reader.heads.windows import make_window
from training.examples import Example, lemma_script
from training.model import NEVER, Reader, sentence_mask

SKIP = -100  # a word that has no label in this batch


@dataclass
class Batch:
    """Inputs as in `model.Exported`; labels [B, W] with SKIP where there is none."""

    ids: Tensor
    shapes: Tensor
    gaps: Tensor
    firsts: Tensor
    labels: dict[str, Tensor]
    anchors: Tensor | None = None  # [A, 2]
    roles: Tensor | None = None  # [A, W]
    chains: list[list[tuple[int, int, str]]] | None = None  # a document: (window, head word, group) in text order


def collate(examples: Sequence[Example], indices: dict[str, dict[str, int]]) -> Batch:
    windows = [make_window(0, len(e.words), e.words, e.gaps, e.pieces) for e in examples]
    b, t, w = len(windows), max(len(x.ids) for x in windows), max(len(x.firsts) for x in windows)

    def padded(rows: list[list[int]], width: int, fill: int = 0) -> Tensor:
        return torch.tensor([row + [fill] * (width - len(row)) for row in rows], dtype=torch.long)

    labels: dict[str, Tensor] = {}
    syntax = [e.syntax for e in examples]
    if all(s is not None for s in syntax):
        rows: dict[str, list[list[int]]] = {k: [] for k in ("start", "upos", "tag", "lemma", "head", "relation")}
        for e, s in zip(examples, syntax, strict=True):
            assert s is not None
            rows["start"].append(s.starts)
            rows["upos"].append([indices["upos"].get(x, SKIP) for x in s.upos])
            rows["tag"].append([indices["tag"].get(x, SKIP) for x in s.tags])
            scripts = map(lemma_script, e.words, s.lemmas, s.upos)
            rows["lemma"].append([indices["lemma"].get(x, SKIP) for x in scripts])
            rows["head"].append(s.heads)
            rows["relation"].append([indices["relation"].get(x, SKIP) for x in s.relations])
        labels |= {k: padded(v, w, SKIP) for k, v in rows.items()}
    chains = None
    if all(e.mentions is not None for e in examples):
        kinds, first, last = (torch.full((b, w), SKIP) for _ in range(3))
        chains_by_document: dict[str, list[tuple[int, int, str]]] = {}
        for i, e in enumerate(examples):
            kinds[i, : len(e.words)] = 0
            for m in e.mentions or []:
                kinds[i, m.head] = indices["mention"].get(m.type, 0)
                first[i, m.head], last[i, m.head] = m.start, m.end
                chains_by_document.setdefault(e.document, []).append((i, m.head, m.group))
        labels |= {"mention": kinds, "first": first, "last": last}
        chains = list(chains_by_document.values())
    anchors = roles = None
    if all(e.frames is not None for e in examples):
        cue = torch.full((b, w), SKIP)
        pairs, role_rows = [], []
        for i, e in enumerate(examples):
            cue[i, : len(e.words)] = 0
            for f in e.frames or []:
                cue[i, f.anchor] = 1
                pairs.append([i, f.anchor])
                role_rows.append([f.roles.get(k, 0) for k in range(len(e.words))])
        labels["anchor"] = cue
        anchors = torch.tensor(pairs, dtype=torch.long).reshape(-1, 2)
        roles = padded(role_rows, w, SKIP) if role_rows else torch.zeros((0, w), dtype=torch.long)
    return Batch(
        padded([x.ids for x in windows], t),
        padded([x.shapes for x in windows], t),
        padded([x.gaps for x in windows], t),
        padded([x.firsts for x in windows], w),
        labels,
        anchors,
        roles,
        chains,
    )


def losses(model: Reader, batch: Batch, words: Tensor | None = None) -> dict[str, Tensor]:
    """Mean loss of each head that the batch has labels for; `words` are the words' vectors where they are known."""
    if words is None:
        words = model.words(batch.ids, batch.shapes, batch.gaps, batch.firsts)
    labels = batch.labels
    real = batch.firsts > 0
    out: dict[str, Tensor] = {}

    def classify(scores: Tensor, target: Tensor) -> Tensor:
        return F.cross_entropy(scores.float().flatten(0, -2), target.flatten(), ignore_index=SKIP)

    def binary(scores: Tensor, target: Tensor, weight: float = 1.0) -> Tensor:
        kept = target != SKIP
        return F.binary_cross_entropy_with_logits(
            scores.float()[kept], target[kept].float(), pos_weight=torch.tensor(weight)
        )

    if "head" in labels:
        out["start"] = binary(model.start(words)[:, :, 0], labels["start"])
        for head in ("upos", "tag", "lemma"):
            out[head] = classify(getattr(model, head)(words), labels[head])
        away = (~sentence_mask(labels["start"] == 1, real)).float() * NEVER
        out["arc"] = classify(model.arcs(words).float() + away, labels["head"])
        out["relation"] = classify(
            model.relations(words, labels["head"].clamp(min=0)[:, :, None])[:, :, 0], labels["relation"]
        )
        if "mention" in labels:
            out["mention"] = classify(model.mention(words), labels["mention"])
            out["first"] = classify(model.first(words).float() + away, labels["first"])
            out["last"] = classify(model.last(words).float() + away, labels["last"])
    if batch.chains:
        out["coref"] = coreference(model, words, batch.chains)
    if batch.anchors is not None and batch.roles is not None:
        out["anchor"] = binary(model.anchor(words)[:, :, 0], labels["anchor"])
        if len(batch.anchors):
            out["role"] = classify(model.roles(words, batch.anchors, real), batch.roles)
    return out


def coreference(model: Reader, words: Tensor, chains: list[list[tuple[int, int, str]]]) -> Tensor:
    """Marginal log-likelihood of all right antecedents (Lee et al. 2017), "none" among the choices."""
    total, count = words.new_zeros(()).float(), 0
    now, then, new = model.coref_now(words), model.coref_then(words), model.coref_new(words)[:, :, 0]
    scale = now.shape[-1] ** -0.5
    for chain in chains:
        window = torch.tensor([c[0] for c in chain])
        head = torch.tensor([c[1] for c in chain])
        groups = [c[2] for c in chain]
        number = {g: i for i, g in enumerate(dict.fromkeys(groups))}
        group = torch.tensor([number[g] for g in groups])
        scores = (now[window, head] @ then[window, head].T).float() * scale
        n = len(chain)
        earlier = torch.ones(n, n, dtype=torch.bool).tril(-1)
        scores = scores.masked_fill(~earlier, NEVER)
        scores = torch.cat([new[window, head].float()[:, None], scores], dim=1)
        right = (group[:, None] == group[None, :]) & earlier
        right = torch.cat([~right.any(dim=1, keepdim=True), right], dim=1)
        log = torch.log_softmax(scores, dim=1)
        total = total - torch.logsumexp(log.masked_fill(~right, NEVER), dim=1).sum()
        count += n
    return total / max(count, 1)
