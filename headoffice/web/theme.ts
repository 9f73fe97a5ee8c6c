import { createTheme } from "@mantine/core";
import { look } from "#renderer/style/look.ts";

/** The till's look for a desk: the same tokens and look, sizes for a mouse as well as a thumb. */
export const theme = createTheme({
  ...look,
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
