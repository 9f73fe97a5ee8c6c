import "@mantine/core/styles.css";
import "../style/base.css";
import { MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";
import type { Locale } from "#contract/config/terminal.ts";
import { PlaceProvider } from "../i18n/locale.tsx";
import { theme } from "../style/theme.ts";

/** What every page stands in: theme, language, clock, and styles that the content security policy lets through. */
export function AppFrame(props: {
  readonly locale: Locale;
  /** The shop's clock, minutes east of UTC. */
  readonly utcOffsetMinutes: number;
  /** For pages that have one look whatever the cashier chose, such as the customer display. */
  readonly colorScheme?: "light" | "dark";
  readonly children: ReactNode;
}) {
  const { locale, utcOffsetMinutes, colorScheme, children } = props;
  return (
    <MantineProvider
      theme={theme}
      getStyleNonce={pageNonce}
      defaultColorScheme="light"
      {...(colorScheme === undefined ? {} : { forceColorScheme: colorScheme })}
    >
      <PlaceProvider locale={locale} utcOffsetMinutes={utcOffsetMinutes}>
        {children}
      </PlaceProvider>
    </MantineProvider>
  );
}

/** Written into the page by main for this one load; without it the policy refuses every style Mantine makes. */
function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
}
