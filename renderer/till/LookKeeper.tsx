import "../style/contrast.css";
import { useMantineColorScheme } from "@mantine/core";
import { useEffect } from "react";
import { useFromSection } from "../till-client.ts";

/**
 * Gives the window the theme the shop has set, at the start and at every change; until the next start a cashier may have
 * another. How large the text is, is main's to say: it zooms the whole window.
 */
export function LookKeeper(): null {
  const theme = useFromSection("shop", (shop) => shop.look?.theme ?? null);
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (theme === null) return;
    setColorScheme(theme === "system" ? "auto" : theme === "dark" ? "dark" : "light");
    const root = document.documentElement;
    if (theme === "contrast") root.setAttribute("data-till-contrast", "high");
    else root.removeAttribute("data-till-contrast");
    // Mantine makes a new function at every drawing; only another theme is a reason to set one.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [theme]);
  return null;
}
