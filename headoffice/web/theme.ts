import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** The till's teal: one accent, while green, amber and red are kept for how things stand. */
const teal: MantineColorsTuple = [
  ...(["#e6f5f4", "#cfeae7", "#a0d6d1", "#6dc1b9", "#43afa6"] as const),
  ...(["#2aa49a", "#14928a", "#0b7b74", "#0b6b66", "#085450"] as const),
];
const dark: MantineColorsTuple = [
  ...(["#f1f5f8", "#d5dde4", "#b7c3ce", "#75879a", "#2c3a47"] as const),
  ...(["#22303c", "#17212b", "#111a22", "#0d141b", "#080d12"] as const),
];

/** The till's look for a desk: the same tokens and radius, sizes for a mouse as well as a thumb. */
export const theme = createTheme({
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
  components: {
    Button: { defaultProps: { size: "md" } },
    TextInput: { defaultProps: { size: "md" } },
    PasswordInput: { defaultProps: { size: "md" } },
    NumberInput: { defaultProps: { size: "md" } },
    Select: { defaultProps: { size: "md" } },
    Textarea: { defaultProps: { size: "md" } },
    Modal: {
      defaultProps: {
        centered: true,
        // The page itself never scrolls, only what is in its frame; locking it would write a style the policy refuses.
        lockScroll: false,
        transitionProps: { duration: 100 },
        overlayProps: { backgroundOpacity: 0.5 },
      },
    },
  },
});
