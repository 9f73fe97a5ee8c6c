import type { DisplayView } from "#contract/ipc/display-view.ts";
import { localName, useLocale } from "../i18n/locale.tsx";
import { firstCharacter } from "./ShopMark.tsx";

const scallops = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const shelfGoods = [
  { x: 0, width: 16, height: 40, fill: "#e8b44c" },
  { x: 20, width: 12, height: 52, fill: "#3f9d8f" },
  { x: 36, width: 12, height: 46, fill: "#d9694f" },
  { x: 52, width: 22, height: 30, fill: "#7aa7c7" },
  { x: 78, width: 14, height: 50, fill: "#f0d7a1" },
  { x: 96, width: 12, height: 40, fill: "#3f9d8f" },
  { x: 112, width: 18, height: 34, fill: "#d9694f" },
] as const;

/** The shop on a quiet morning: hills, a low sun, and a shopfront whose sign is the shop's own first character. */
export function ShopFront({ shop }: { readonly shop: DisplayView["shop"] }) {
  const first = firstCharacter(localName(shop, useLocale()));
  return (
    <svg className="display-front" viewBox="0 0 1000 600" preserveAspectRatio="xMaxYMax slice" aria-hidden="true">
      <defs>
        <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#dff1ee" />
          <stop offset="1" stopColor="#fbf6ea" />
        </linearGradient>
        <linearGradient id="glass" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#fff7df" />
          <stop offset="1" stopColor="#ffe9b5" />
        </linearGradient>
      </defs>
      <rect width="1000" height="600" fill="url(#sky)" />
      <circle cx="560" cy="330" r="74" fill="#fbdf9d" opacity="0.8" />
      <path d="M0 430C150 360 270 380 400 420S680 360 820 400s150-20 180-24v224H0z" fill="#b9ddd6" />
      <path d="M0 480c140-50 260-20 390-10s260-60 400-30 160 10 210 4v156H0z" fill="#8cc4ba" />
      <path d="M0 535c160-26 320-10 480-8s360-18 520-4v77H0z" fill="#4f9f94" />
      <Building first={first} />
      <rect y="560" width="1000" height="40" fill="#2d7d74" />
      <rect y="560" width="1000" height="5" fill="#3d9187" />
    </svg>
  );
}

function Building({ first }: { readonly first: string }) {
  return (
    <g transform="translate(628 228)">
      <rect x="0" y="0" width="320" height="332" rx="10" fill="#fffdf7" />
      <rect x="0" y="0" width="320" height="70" rx="10" fill="#0b6b66" />
      <rect x="0" y="50" width="320" height="24" fill="#0b6b66" />
      <circle cx="160" cy="37" r="27" fill="#fff" />
      <text x="160" y="48" textAnchor="middle" fontSize="31" fontWeight="700" fill="#0b6b66">
        {first}
      </text>
      {scallops.map((place) => (
        <path
          key={place}
          d={`M${place * 40} 74h40v34a20 20 0 0 1-40 0z`}
          fill={place % 2 === 0 ? "#e9f5f3" : "#14928a"}
        />
      ))}
      <rect x="22" y="150" width="166" height="140" rx="6" fill="url(#glass)" stroke="#d9c48d" strokeWidth="3" />
      <g transform="translate(40 288)">
        {shelfGoods.map((good) => (
          <rect
            key={good.x}
            x={good.x}
            y={-good.height - 6}
            width={good.width}
            height={good.height}
            rx="3"
            fill={good.fill}
          />
        ))}
      </g>
      <rect x="22" y="282" width="166" height="8" fill="#c9ad6b" />
      <rect x="212" y="142" width="84" height="190" rx="6" fill="#0e5c57" />
      <rect x="222" y="154" width="64" height="120" rx="4" fill="url(#glass)" />
      <circle cx="228" cy="292" r="5" fill="#fbdf9d" />
      <rect x="-34" y="290" width="40" height="42" rx="5" fill="#b9694f" />
      <circle cx="-28" cy="274" r="20" fill="#3d9187" />
      <circle cx="-4" cy="270" r="22" fill="#4faa9c" />
      <circle cx="-16" cy="256" r="20" fill="#5db8a9" />
    </g>
  );
}
