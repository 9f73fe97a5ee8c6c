import type { ReactNode } from "react";
import type { GoodShape } from "./shelf-goods.ts";

const paper = "#fffdf7";

/** Outlines of packages, each with a label so that its colour reads as print on it. */
const shapes: Readonly<Record<GoodShape, (colour: string) => ReactNode>> = {
  bottle: (colour) => (
    <>
      <rect x="26" y="4" width="12" height="8" rx="2" fill={colour} />
      <path
        d="M27 12h10v6c0 4 7 5 7 13v25a4 4 0 0 1-4 4H24a4 4 0 0 1-4-4V31c0-8 7-9 7-13z"
        fill={colour}
        opacity="0.85"
      />
      <rect x="20" y="32" width="24" height="15" fill={paper} />
      <path d="M24 38h16M24 42h10" stroke={colour} strokeWidth="2.4" />
    </>
  ),
  can: (colour) => (
    <>
      <path d="M22 10h20l3 6v38l-3 6H22l-3-6V16z" fill={colour} />
      <ellipse cx="32" cy="10" rx="10" ry="2.6" fill="#d9dee3" />
      <path d="M19 26h26v18H19z" fill={paper} opacity="0.92" />
      <circle cx="32" cy="35" r="6" fill={colour} />
    </>
  ),
  carton: (colour) => (
    <>
      <path d="M20 20 26 8h14l4 12v40H20z" fill={colour} />
      <path d="M26 8h14l4 12H20z" fill={paper} opacity="0.55" />
      <rect x="24" y="30" width="16" height="18" rx="2" fill={paper} />
      <path d="M28 36h8M28 41h5" stroke={colour} strokeWidth="2.4" />
    </>
  ),
  tub: (colour) => (
    <>
      <path d="M14 22h36l-5 36a4 4 0 0 1-4 3H23a4 4 0 0 1-4-3z" fill={colour} />
      <rect x="11" y="15" width="42" height="8" rx="3" fill={paper} stroke="#d8d2c4" />
      <path d="M17 34h30l-2 14H19z" fill={paper} opacity="0.92" />
      <path d="M24 40h16" stroke={colour} strokeWidth="3" />
    </>
  ),
  bag: (colour) => (
    <>
      <path d="M14 8h36l-3 8v38l3 8H14l3-8V16z" fill={colour} />
      <path d="M16 12h32M16 58h32" stroke="#fff" strokeWidth="2" opacity="0.6" strokeDasharray="2 2" />
      <circle cx="32" cy="31" r="10" fill={paper} />
      <path d="M26 48h12" stroke="#fff" strokeWidth="3" />
    </>
  ),
  box: (colour) => (
    <>
      <rect x="8" y="22" width="48" height="30" rx="3" fill={colour} />
      <path d="M8 25a3 3 0 0 1 3-3h42a3 3 0 0 1 3 3v5H8z" fill="#fff" opacity="0.3" />
      <rect x="15" y="33" width="24" height="13" rx="2" fill={paper} />
      <path d="M19 38h14M19 42h8" stroke={colour} strokeWidth="2.2" />
    </>
  ),
  bar: (colour) => (
    <>
      <path d="M6 26l5 3-4 3 4 4-5 3h52l-5-3 4-4-4-3 5-3z" fill={colour} opacity="0.6" />
      <rect x="11" y="23" width="42" height="19" rx="3" fill={colour} />
      <rect x="18" y="28" width="26" height="9" rx="2" fill={paper} opacity="0.92" />
    </>
  ),
  wedge: (colour) => (
    <>
      <path d="M32 10 56 54H8z" fill={paper} stroke="#d8d2c4" strokeLinejoin="round" strokeWidth="3" />
      <path d="M22 36h20l8 17H14z" fill={colour} />
    </>
  ),
  jar: (colour) => (
    <>
      <rect x="21" y="8" width="22" height="9" rx="2" fill={colour} />
      <path d="M22 17h20l4 8v31a4 4 0 0 1-4 4H22a4 4 0 0 1-4-4V25z" fill={colour} opacity="0.75" />
      <rect x="18" y="31" width="28" height="17" fill={paper} />
      <circle cx="32" cy="39.5" r="5.5" fill={colour} />
    </>
  ),
  pack: (colour) => (
    <>
      <rect x="18" y="10" width="28" height="50" rx="3" fill={colour} />
      <path d="M18 24h28" stroke="#fff" strokeWidth="2.5" opacity="0.7" />
      <rect x="25" y="33" width="14" height="16" rx="2" fill={paper} opacity="0.92" />
    </>
  ),
  jug: (colour) => (
    <>
      <rect x="25" y="6" width="12" height="8" rx="2" fill={paper} stroke="#d8d2c4" />
      <path d="M24 14h14c8 3 10 10 10 18v24a5 5 0 0 1-5 5H21a5 5 0 0 1-5-5V30c0-8 3-13 8-16z" fill={colour} />
      <path d="M40 22c3 3 3 8 3 12h-6V22z" fill="#fffaf0" opacity="0.85" />
      <rect x="21" y="38" width="20" height="15" rx="2" fill={paper} />
    </>
  ),
};

export function GoodPicture({ shape, colour }: { readonly shape: GoodShape; readonly colour: string }) {
  return (
    <svg className="bench-picture" viewBox="0 0 64 64" aria-hidden="true">
      {shapes[shape](colour)}
    </svg>
  );
}
