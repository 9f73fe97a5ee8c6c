import { createTheme } from "@mantine/core";
import { look } from "./look.ts";

/**
 * Mantine as a till needs it: sizes for fingers, motion of at most 120 ms, our type and radius. Colours of surfaces and
 * states come from tokens.css, which both themes and our own parts read.
 */
export const theme = createTheme({
  ...look,
  components: {
    Button: { defaultProps: { size: "lg" } },
    ActionIcon: { defaultProps: { size: 48, variant: "subtle" } },
    TextInput: { defaultProps: { size: "lg" } },
    NumberInput: { defaultProps: { size: "lg" } },
    SegmentedControl: { defaultProps: { size: "lg" } },
    Modal: {
      defaultProps: { centered: true, transitionProps: { duration: 100 }, overlayProps: { backgroundOpacity: 0.5 } },
    },
    Menu: { defaultProps: { transitionProps: { duration: 80 } } },
    Tooltip: { defaultProps: { transitionProps: { duration: 80 } } },
  },
});
