#!/usr/bin/env python3
"""Writes projections.safetensors: principal components, t-SNE's joint probabilities, gradient and first moves,
UMAP's curve and fuzzy graph, trustworthiness and Procrustes alignment of small sets of codes. All but UMAP's graph, which
is written out here from the paper, comes from scikit-learn and SciPy. Needs numpy, scikit-learn, scipy and safetensors."""
import pathlib

import numpy as np
from safetensors.numpy import save_file
from scipy.linalg import orthogonal_procrustes
from scipy.optimize import curve_fit
from scipy.spatial.distance import cdist, squareform
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness
from sklearn.manifold._t_sne import _gradient_descent, _joint_probabilities_nn, _kl_divergence
from sklearn.neighbors import NearestNeighbors

rng = np.random.default_rng(20081101)


def correlated(rows, dimensions):
    """Codes with directions of different lengths and a mean that is not 0."""
    mixture = rng.normal(size=(dimensions, dimensions)) * np.geomspace(3.0, 0.2, dimensions)[:, None]
    return (rng.normal(size=(rows, dimensions)) @ mixture + rng.normal(size=dimensions)).astype(np.float32)


def clusters(rows, dimensions, count):
    centres = rng.normal(size=(count, dimensions)) * 2
    return (centres[np.arange(rows) % count] + rng.normal(size=(rows, dimensions))).astype(np.float32)


def principal_components():
    codes = correlated(203, 7)
    fit = PCA(svd_solver="full").fit(codes.astype(np.float64))
    largest = np.abs(fit.components_).argmax(axis=1)
    signs = np.sign(fit.components_[np.arange(7), largest])
    components = fit.components_ * signs[:, None]
    return {"pca.codes": codes, "pca.mean": fit.mean_, "pca.components": components,
            "pca.variance": fit.explained_variance_, "pca.ratio": fit.explained_variance_ratio_,
            "pca.projection": (codes - fit.mean_) @ components[:3].T}


def neighbours():
    codes = clusters(157, 9, 4)
    distances, indices = NearestNeighbors(n_neighbors=11, algorithm="brute").fit(codes.astype(np.float64)).kneighbors()
    return {"neighbours.codes": codes, "neighbours.distances": distances, "neighbours.indices": indices}


def tsne():
    perplexity, moves, rate = 12.0, 10, 2.0  # so few and small that rounding does not grow
    codes = clusters(150, 6, 3)
    graph = NearestNeighbors(n_neighbors=int(3 * perplexity + 1), algorithm="brute").fit(codes.astype(np.float64)) \
        .kneighbors_graph(mode="distance")
    graph.data **= 2
    joint = _joint_probabilities_nn(graph, perplexity, 0).toarray()
    condensed = squareform(joint, checks=False)
    positions = rng.normal(size=(150, 2)).astype(np.float32) * 2
    divergence, gradient = _kl_divergence(positions.ravel(), condensed, 1, 150, 2)

    # The two phases of TSNE._tsne, with the exact gradient and few moves.
    start = PCA(n_components=2).fit_transform(codes).astype(np.float32)
    moved = start.ravel().copy()
    for exaggeration, momentum, first in ((12.0, 0.5, 0), (1.0, 0.8, moves)):
        moved, _, _ = _gradient_descent(_kl_divergence, moved, it=first, max_iter=first + moves, momentum=momentum,
                                        learning_rate=rate, n_iter_check=1000, min_grad_norm=0.0,
                                        args=[condensed * exaggeration, 1, 150, 2])
    return {"tsne.codes": codes, "tsne.joint": joint, "tsne.positions": positions,
            "tsne.divergence": np.array(divergence), "tsne.gradient": gradient.reshape(150, 2), "tsne.start": start,
            "tsne.moved": moved.reshape(150, 2)}


def membership(distances, neighbours):
    """One row of UMAP's fuzzy set: `distances` ascending, the row itself left out."""
    apart = distances[distances > 0]
    rho = apart[0] if len(apart) else 0.0
    low, high = 0.0, 1e6
    for _ in range(200):
        sigma = (low + high) / 2
        total = np.exp(-np.maximum(distances - rho, 0) / sigma).sum()
        low, high = (low, sigma) if total > np.log2(neighbours) else (sigma, high)
    return rho, sigma


def umap():
    rows, neighbours = 90, 8
    codes = clusters(rows, 5, 3)
    codes[30] = codes[60] = codes[0]
    distances = cdist(codes.astype(np.float64), codes.astype(np.float64))
    weights = np.zeros((rows, rows))
    for row in range(rows):
        others = np.array([i for i in np.argsort(distances[row], kind="stable") if i != row])[:neighbours - 1]
        near = distances[row, others]
        rho, sigma = membership(near, neighbours)
        sigma = max(sigma, 1e-3 * near.sum() / neighbours)
        weights[row, others] = np.exp(-np.maximum(near - rho, 0) / sigma)
    fuzzy = weights + weights.T - weights * weights.T

    settings = np.array([[0.1, 1.0], [0.0, 1.0], [0.5, 1.0], [0.25, 2.0]])
    curves = []
    for least, spread in settings:
        x = np.linspace(0, 3 * spread, 300)
        y = np.where(x < least, 1.0, np.exp(-(x - least) / spread))
        curves.append(curve_fit(lambda d, a, b: 1 / (1 + a * d ** (2 * b)), x, y)[0])
    return {"umap.codes": codes, "umap.fuzzy": fuzzy, "umap.settings": settings, "umap.curves": np.array(curves)}


def figures():
    codes = clusters(140, 8, 4)
    positions = (codes[:, :2] + rng.normal(size=(140, 2)) * 0.3).astype(np.float32)
    moving = rng.normal(size=(40, 2)).astype(np.float32) * (3, 1) + (5, -2)
    turn = np.array([[0.6, 0.8], [0.8, -0.6]])  # a reflection
    fixed = moving @ turn * 1.7 + (0.5, 9) + rng.normal(size=(40, 2)) * 0.1
    moving, fixed = moving.astype(np.float32), fixed.astype(np.float32)
    a, b = (x.astype(np.float64) - x.mean(axis=0, dtype=np.float64) for x in (moving, fixed))
    rotation, traces = orthogonal_procrustes(a, b)
    aligned = a @ rotation * (traces / (a ** 2).sum()) + fixed.mean(axis=0, dtype=np.float64)
    return {"trust.codes": codes, "trust.positions": positions,
            "trust.values": np.array([trustworthiness(codes, positions, n_neighbors=k) for k in (1, 5, 12)]),
            "procrustes.moving": moving, "procrustes.fixed": fixed, "procrustes.aligned": aligned,
            "procrustes.scale": np.array(traces / (a ** 2).sum())}


output = principal_components() | neighbours() | tsne() | umap() | figures()
save_file({name: np.ascontiguousarray(value if value.dtype != np.float64 or value.size < 1000 else
                                      value.astype(np.float32)) for name, value in output.items()},
          pathlib.Path(__file__).parent / "projections.safetensors")
