"""The network: one small BERT encoder and the heads that read its word vectors.

Shapes: B windows, T word pieces, W words, A attribution anchors (over all windows), C candidate heads a word.
Word scores that compare two words (trees, spans) are biaffine (Dozat and Manning 2017); mentions and coreference are
between head words (Dobrovolskii 2021), so one vector a word answers all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

CANDIDATES = 3  # heads kept a word for the tree decoder; the gold head is among them for 97 % of the words of GUM dev
SHAPES, GAPS = 7, 4
PARAGRAPH = 3  # onrecord.reader.words.Gap.PARAGRAPH
NEVER = -1e4  # a score no softmax lets through, and float16 can hold


@dataclass(frozen=True)
class Sizes:
    """Widths of the encoder (MiniLM-L6-H384) and of the heads."""

    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    layers: int = 6
    attention_heads: int = 12
    feed_forward: int = 1536
    arc: int = 192
    relation: int = 96
    pointer: int = 96
    coref: int = 96
    role: int = 192


def attend(query: Tensor, key: Tensor, value: Tensor, heads: int, mask: Tensor | None) -> Tensor:
    """Scaled dot-product attention: [B, T, width] ×3 → [B, T, width]."""
    b, t, width = query.shape

    def split(y: Tensor) -> Tensor:
        return y.view(b, t, heads, width // heads).transpose(1, 2)

    weights = split(query * (width // heads) ** -0.5) @ split(key).transpose(-1, -2)
    if mask is not None:
        weights = weights + mask
    return (torch.softmax(weights, dim=-1) @ split(value)).transpose(1, 2).reshape(b, t, width)


class UnpaddedAttention(torch.autograd.Function):
    """`attend` without a mask, exported as ONNX Runtime's own operator: a quarter of the graph's time went into the plain
    products, whose inner width of 32 suits no kernel."""

    @staticmethod
    def forward(ctx: Any, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        return attend(query, key, value, heads, None)

    @staticmethod
    def symbolic(g: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        found = g.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
        found.setType(query.type())
        return found


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.heads = sizes.attention_heads
        self.query = nn.Linear(sizes.width, sizes.width)
        self.key = nn.Linear(sizes.width, sizes.width)
        self.value = nn.Linear(sizes.width, sizes.width)
        self.out = nn.Linear(sizes.width, sizes.width)
        self.norm_attention = nn.LayerNorm(sizes.width, eps=1e-12)
        self.up = nn.Linear(sizes.width, sizes.feed_forward)
        self.down = nn.Linear(sizes.feed_forward, sizes.width)
        self.norm_out = nn.LayerNorm(sizes.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """x [B, T, width]; mask [B, 1, 1, T], 0 where a piece may be attended to, very negative where not; None where
        nothing is padded."""
        query, key, value = self.query(x), self.key(x), self.value(x)
        if mask is None:
            mixed = UnpaddedAttention.apply(query, key, value, self.heads)
        else:
            mixed = attend(query, key, value, self.heads, mask)
        x = self.norm_attention(x + self.dropout(self.out(mixed)))
        return self.norm_out(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Word pieces → vectors. To BERT's embeddings come the word's shape and the gap before it, both zero at the start."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.pieces = nn.Embedding(sizes.vocabulary, sizes.width)
        self.positions = nn.Embedding(sizes.positions, sizes.width)
        self.shapes = nn.Embedding(SHAPES, sizes.width)
        self.gaps = nn.Embedding(GAPS, sizes.width)
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.gaps.weight)
        self.segment = nn.Parameter(torch.zeros(sizes.width))
        self.norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(sizes, dropout) for _ in range(sizes.layers))

    def forward(self, ids: Tensor, shapes: Tensor, gaps: Tensor, *, padded: bool) -> Tensor:
        """ids, shapes, gaps [B, T] (0 = padding, which there is none of unless `padded`) → [B, T, width]."""
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.pieces(ids) + self.positions(place) + self.shapes(shapes) + self.gaps(gaps) + self.segment
        x = self.dropout(self.norm(x))
        mask = (ids == 0).to(x.dtype)[:, None, None, :] * NEVER if padded else None
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Biaffine(nn.Module):
    """score[b, i, j] = dep_i · M head_j + bias · head_j, with i the one that asks and j the one that is pointed at."""

    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.dep = nn.Linear(width, inner)
        self.head = nn.Linear(width, inner)
        self.matrix = nn.Linear(inner, inner, bias=False)
        self.prior = nn.Linear(inner, 1)
        self.scale = inner**-0.5

    def forward(self, words: Tensor) -> Tensor:
        """words [B, W, width] → [B, W, W]."""
        dep, head = F.gelu(self.dep(words)), F.gelu(self.head(words))
        return (self.matrix(dep) @ head.transpose(1, 2)) * self.scale + self.prior(head).transpose(1, 2)


class Relations(nn.Module):
    """The label of an arc from the two words' vectors, for given pairs only."""

    def __init__(self, width: int, inner: int, labels: int) -> None:
        super().__init__()
        self.dep = nn.Linear(width, inner)
        self.head = nn.Linear(width, inner)
        self.label = nn.Linear(3 * inner, inner)
        self.out = nn.Linear(inner, labels)

    def forward(self, words: Tensor, heads: Tensor) -> Tensor:
        """words [B, W, width], heads [B, W, C] word positions → [B, W, C, labels]."""
        b, w, c = heads.shape
        dep, head = F.gelu(self.dep(words)), F.gelu(self.head(words))
        index = heads.reshape(b, w * c, 1).expand(-1, -1, head.shape[-1])
        chosen = head.gather(1, index).view(b, w, c, -1)
        asked = dep[:, :, None, :].expand(-1, -1, c, -1)
        return self.out(F.gelu(self.label(torch.cat([asked, chosen, asked * chosen], dim=-1))))


class Roles(nn.Module):
    """For each anchor (the first word of a cue) the role of every word of its window: none, cue, source, content.

    The pair vector of word and anchor passes two layers that also see the neighbouring words' pair vectors, so that a
    span's edges are decided together.
    """

    BUCKETS = 32

    def __init__(self, width: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.word = nn.Linear(width, inner)
        self.anchor = nn.Linear(width, inner)
        self.gate = nn.Linear(width, inner)
        self.distance = nn.Embedding(2 * self.BUCKETS + 1, inner)
        self.norm = nn.LayerNorm(inner)
        self.near = nn.Linear(3 * inner, inner)
        self.norm_near = nn.LayerNorm(inner)
        self.far = nn.Linear(3 * inner, inner)
        self.dropout = nn.Dropout(dropout)
        self.out = nn.Linear(inner, 4)

    def forward(self, words: Tensor, anchors: Tensor, real: Tensor) -> Tensor:
        """words [B, W, width], anchors [A, 2] (window, word), real [B, W] bool → [A, W, 4]."""
        window, position = anchors[:, 0], anchors[:, 1]
        flat = words.reshape(-1, words.shape[-1])
        vector = flat[window * words.shape[1] + position]
        projected = self.word(words)[window]
        here = real[window][:, :, None].to(words.dtype)  # past a window's end there is nothing, in a padded batch too
        away = torch.arange(words.shape[1], device=words.device)[None, :] - position[:, None]
        # exact to 8 words, then log-spaced: a source three sentences off is as far as one four sentences off
        near = away.abs().clamp(max=8)
        log = 8 + (torch.log2((away.abs().float() / 8).clamp(min=1.0)) * 4).long().clamp(max=self.BUCKETS - 8)
        bucket = torch.where(away.abs() <= 8, near, log) * torch.sign(away) + self.BUCKETS
        x = projected + self.anchor(vector)[:, None, :] + projected * self.gate(vector)[:, None, :]
        x = self.norm(x + self.distance(bucket)) * here
        x = x + self.dropout(F.gelu(neighbourly(self.near, x, 1))) * here
        x = x + self.dropout(F.gelu(neighbourly(self.far, self.norm_near(x) * here, 2)))
        return self.out(x)


def neighbourly(layer: nn.Linear, x: Tensor, step: int) -> Tensor:
    """`layer` [3d → d] over each word's vector between those `step` words before and after it, zero past the ends:
    [A, W, d] → [A, W, d]. The three parts are projected first and shifted then: setting the vectors side by side took a
    sixth of the whole reading."""
    d = x.shape[-1]
    before, own, after = layer.weight.split(d, dim=1)
    size = x.shape[1]
    shifted_before = F.pad(F.linear(x, before), (0, 0, step, 0))[:, :size]
    shifted_after = F.pad(F.linear(x, after), (0, 0, 0, step))[:, step:]
    return F.linear(x, own, layer.bias) + shifted_before + shifted_after


class Reader(nn.Module):
    """Encoder and heads. `labels` gives the label list of each classifying head."""

    def __init__(self, labels: dict[str, list[str]], sizes: Sizes | None = None, dropout: float = 0.1) -> None:
        super().__init__()
        self.sizes = sizes = sizes or Sizes()
        width = sizes.width
        self.encoder = Encoder(sizes, dropout)
        self.dropout = nn.Dropout(dropout)
        self.start = nn.Linear(width, 1)
        self.upos = nn.Linear(width, len(labels["upos"]))
        self.tag = nn.Linear(width, len(labels["tag"]))
        self.lemma = nn.Linear(width, len(labels["lemma"]))
        self.arcs = Biaffine(width, sizes.arc)
        self.relations = Relations(width, sizes.relation, len(labels["relation"]))
        self.mention = nn.Linear(width, len(labels["mention"]))
        self.first = Biaffine(width, sizes.pointer)
        self.last = Biaffine(width, sizes.pointer)
        self.coref_now = nn.Linear(width, sizes.coref)
        self.coref_then = nn.Linear(width, sizes.coref)
        self.coref_new = nn.Linear(width, 1)
        self.anchor = nn.Linear(width, 1)
        self.roles = Roles(width, sizes.role, dropout)

    def words(self, ids: Tensor, shapes: Tensor, gaps: Tensor, firsts: Tensor, *, padded: bool = True) -> Tensor:
        """The encoder's vector of each word's first piece: [B, T] ×3 and firsts [B, W] (0 = padding) → [B, W, width]."""
        pieces = self.encoder(ids, shapes, gaps, padded=padded)
        index = firsts[:, :, None].expand(-1, -1, pieces.shape[-1])
        return self.dropout(pieces.gather(1, index))


def sentence_mask(starts: Tensor, real: Tensor) -> Tensor:
    """starts [B, W] bool, real [B, W] bool → [B, W, W] bool, true where two words stand in one sentence."""
    number = torch.cumsum(starts.long(), dim=1)
    return (number[:, :, None] == number[:, None, :]) & real[:, None, :] & real[:, :, None]


OUTPUTS = (
    "start upos tag lemma heads head_scores relations mention mention_probability first last "
    "coref_now coref_then coref_new anchors anchor_probability roles"
).split()


class Exported(nn.Module):
    """The run-time graph: arrays of a batch of windows → what the decoders need, and no more.

    In: ids, shapes, gaps int64 [B, T], none padded; firsts int64 [B, W], 0 where a window has no such word.
    Out (float32 or int64), word positions are positions in the window:
      start [B, W] probability that a sentence begins;    upos, tag, lemma [B, W] label indices;
      heads, head_scores, relations [B, W, C] best governors, their log-probabilities and the relation to each;
      mention [B, W] label index, mention_probability [B, W], first, last [B, W] the mention's word positions;
      coref_now, coref_then [B, W, d], coref_new [B, W];
      anchors [A, 2], anchor_probability [A], roles [A, W, 4] log-probabilities.
    """

    def __init__(self, reader: Reader, anchor_floor: float) -> None:
        super().__init__()
        self.reader = reader
        self.anchor_floor = anchor_floor

    def forward(self, ids: Tensor, shapes: Tensor, gaps: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        r = self.reader
        words = r.words(ids, shapes, gaps, firsts, padded=False)
        real = firsts > 0
        opens = gaps.gather(1, firsts) == PARAGRAPH  # a blank line always ends a sentence
        start = torch.maximum(torch.sigmoid(r.start(words)[:, :, 0]), opens.to(words.dtype))
        begins = start > 0.5
        same = sentence_mask(begins, real)
        away = (~same).to(words.dtype) * NEVER
        arcs = torch.log_softmax(r.arcs(words) + away, dim=-1)
        head_scores, heads = torch.topk(arcs, CANDIDATES, dim=-1)
        relations = r.relations(words, heads).argmax(dim=-1)
        kinds = torch.softmax(r.mention(words), dim=-1)
        mention = kinds.argmax(dim=-1)
        probability = 1 - kinds[:, :, 0]
        position = torch.arange(words.shape[1], device=words.device)
        before = (position[None, :] > position[:, None]).to(words.dtype) * NEVER
        after = (position[None, :] < position[:, None]).to(words.dtype) * NEVER
        first = (r.first(words) + away + before).argmax(dim=-1)
        last = (r.last(words) + away + after).argmax(dim=-1)
        anchor = torch.sigmoid(r.anchor(words)[:, :, 0]) * real.to(words.dtype)
        anchors = torch.nonzero(anchor > self.anchor_floor)
        chosen = anchor.reshape(-1)[anchors[:, 0] * words.shape[1] + anchors[:, 1]]
        roles = torch.log_softmax(r.roles(words, anchors, real), dim=-1)
        return (
            start,
            r.upos(words).argmax(dim=-1),
            r.tag(words).argmax(dim=-1),
            r.lemma(words).argmax(dim=-1),
            heads,
            head_scores,
            relations,
            mention,
            probability,
            first,
            last,
            r.coref_now(words),
            r.coref_then(words),
            r.coref_new(words)[:, :, 0],
            anchors,
            chosen,
            roles,
        )


def load_base(reader: Reader, state: dict[str, Tensor]) -> None:
    """Fills the encoder with a BERT checkpoint's weights (the names of Hugging Face's BertModel)."""
    e = reader.encoder
    with torch.no_grad():
        e.pieces.weight.copy_(state["embeddings.word_embeddings.weight"])
        e.positions.weight.copy_(state["embeddings.position_embeddings.weight"])
        e.segment.copy_(state["embeddings.token_type_embeddings.weight"][0])
        e.norm.weight.copy_(state["embeddings.LayerNorm.weight"])
        e.norm.bias.copy_(state["embeddings.LayerNorm.bias"])
        for i, layer in enumerate(e.layers):
            assert isinstance(layer, Layer)
            for name, module in {
                "attention.self.query": layer.query,
                "attention.self.key": layer.key,
                "attention.self.value": layer.value,
                "attention.output.dense": layer.out,
                "attention.output.LayerNorm": layer.norm_attention,
                "intermediate.dense": layer.up,
                "output.dense": layer.down,
                "output.LayerNorm": layer.norm_out,
            }.items():
                module.weight.copy_(state[f"encoder.layer.{i}.{name}.weight"])
                module.bias.copy_(state[f"encoder.layer.{i}.{name}.bias"])
