import type { MantineColorsTuple, MantineThemeOverride } from "@mantine/core";

/** The one accent: a deep teal. Green, amber and red are kept for what happened to money. */
const teal: MantineColorsTuple = [
  "#e6f5f4",
  "#cfeae7",
  "#a0d6d1",
  "#6dc1b9",
  "#43afa6",
  "#2aa49a",
  "#14928a",
  "#0b7b74",
  "#0b6b66",
  "#085450",
];

/** Cool greys for the dark surfaces, so that Mantine's own parts sit on the same slate as ours. */
const dark: MantineColorsTuple = [
  "#f1f5f8",
  "#d5dde4",
  "#b7c3ce",
  "#75879a",
  "#2c3a47",
  "#22303c",
  "#17212b",
  "#111a22",
  "#0d141b",
  "#080d12",
];

/** What the till's windows and head office's page share of their look; the sizes of their parts are their own. */
export const look = {
  fontFamily: "var(--till-font)",
  fontFamilyMonospace: '"Noto Sans Mono CJK SC", "Cascadia Mono", Menlo, Consolas, monospace',
  primaryColor: "teal",
  primaryShade: { light: 8, dark: 5 },
  autoContrast: true,
  defaultRadius: 10,
  focusRing: "auto",
  colors: { teal, dark },
  fontSizes: { xs: "14px", sm: "15px", md: "16px", lg: "18px", xl: "22px" },
  headings: { fontFamily: "var(--till-font)", fontWeight: "700" },
} satisfies MantineThemeOverride;
