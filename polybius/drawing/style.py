"""The style sheet of the pictures, for light and for dark. A page that shows one brings it, in a file or in its head."""

from __future__ import annotations

STYLE = """.drawing { --d-text: #1d1c19; --d-quiet: #5a564c; --d-grid: #ddd9cf; --d-ground: #ffffff; --d-sea: #e9eff3; --d-land: #d8d4c8;
  --d-vc: #2f6f9f; --d-mc: #1d7a4d; --d-vx: #b5651d; --d-mx: #b3271e; --d-one: #1b4f86; --d-two: #b5651d; --d-three: #5a564c;
  --d-s1: #c9d6cf; --d-s2: #a5c0b8; --d-s3: #78a3a0; --d-s4: #4a7f86; --d-s5: #285a68; --d-place: #b3271e;
  display: block; max-width: 100%; height: auto; color: var(--d-text); font: 12px system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; }
@media (prefers-color-scheme: dark) { .drawing { --d-text: #e9e7e2; --d-quiet: #b0aea6; --d-grid: #363b42; --d-ground: #1e2125; --d-sea: #1b232b;
  --d-land: #3c4147; --d-vc: #7db8e0; --d-mc: #6cc795; --d-vx: #e5a768; --d-mx: #ee8a80; --d-one: #8fc0f0; --d-two: #e5a768; --d-three: #b0aea6;
  --d-s1: #3b4f52; --d-s2: #40666b; --d-s3: #468088; --d-s4: #539da6; --d-s5: #74c2c6; --d-place: #ff9c8f; } }
.drawing text { fill: var(--d-quiet); unicode-bidi: isolate; }
.drawing .count { fill: var(--d-text); }
.drawing .grid { stroke: var(--d-grid); }
.drawing .zero { stroke: var(--d-quiet); }
.drawing .tick { stroke: var(--d-quiet); }
.drawing .line { fill: none; stroke: var(--d-mark); stroke-width: 2; stroke-linejoin: round; }
.drawing .area { fill: var(--d-mark); opacity: 0.18; }
.drawing .bar, .drawing .dot, .drawing .swatch { fill: var(--d-mark); }
.drawing .line-1 { --d-mark: var(--d-one); }
.drawing .line-2 { --d-mark: var(--d-two); }
.drawing .line-3 { --d-mark: var(--d-three); }
.drawing .verbal-cooperation { --d-mark: var(--d-vc); }
.drawing .material-cooperation { --d-mark: var(--d-mc); }
.drawing .verbal-conflict { --d-mark: var(--d-vx); }
.drawing .material-conflict { --d-mark: var(--d-mx); }
.drawing .up { fill: var(--d-mc); }
.drawing .down { fill: var(--d-mx); }
.drawing .sea { fill: var(--d-sea); }
.drawing .land path { fill: var(--d-land); fill-rule: evenodd; stroke: var(--d-ground); stroke-width: 0.5; stroke-linejoin: round; }
.drawing .land .shade-1 { fill: var(--d-s1); }
.drawing .land .shade-2 { fill: var(--d-s2); }
.drawing .land .shade-3 { fill: var(--d-s3); }
.drawing .land .shade-4 { fill: var(--d-s4); }
.drawing .land .shade-5 { fill: var(--d-s5); }
.drawing .hostile { --d-place: var(--d-mx); }
.drawing .friendly { --d-place: var(--d-mc); }
.drawing .even { --d-place: var(--d-quiet); }
.drawing .place { fill: var(--d-place); fill-opacity: 0.7; stroke: var(--d-ground); stroke-width: 1; }
.drawing .vague { fill-opacity: 0.1; stroke: var(--d-place); stroke-dasharray: 3 2; }
.drawing a:hover .bar, .drawing a:hover rect, .drawing a:hover circle { opacity: 0.75; }
.drawing a:hover text { text-decoration: underline; }
.drawing a:focus-visible { outline: 2px solid var(--d-one); outline-offset: 1px; }
@media print { .drawing { break-inside: avoid; } }
"""


def style() -> str:
    """The style sheet."""
    return STYLE
