import "@mantine/core/styles.css";
import "#renderer/style/tokens.css";
import "./office.css";
import "./tables.css";
import "./forms.css";
import "./phone.css";
import { MantineProvider } from "@mantine/core";
import { useAnswer } from "./use-answer.ts";
import type { SessionAnswer } from "../admin/shapes.ts";
import { SignIn } from "./pages/SignIn.tsx";
import { NewPassword } from "./pages/NewPassword.tsx";
import { Frame } from "./parts/Frame.tsx";
import { Pages } from "./pages/Pages.tsx";
import { SessionContext } from "./session.ts";
import { theme } from "./theme.ts";
import { WordsProvider } from "./texts.tsx";
import { Trouble } from "./parts/Trouble.tsx";

/** The whole page: who is signed in decides what is there. */
export function OfficeApp() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={pageNonce}>
      <WordsProvider>
        <Door />
      </WordsProvider>
    </MantineProvider>
  );
}

/** The server writes it into the page: styles without it are refused by the content security policy. */
function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
}

const askAgainMs = 60_000;

function Door() {
  const { value, fault, reload } = useAnswer<SessionAnswer>("/session", askAgainMs);
  if (fault?.status === 401) return <SignIn onSignedIn={reload} />;
  if (value === null) return fault === null ? null : <Trouble fault={fault} onRetry={reload} />;
  if (value.mustChange) return <NewPassword session={value} onChanged={reload} />;
  return (
    <SessionContext value={{ ...value, reload }}>
      <Frame>
        <Pages />
      </Frame>
    </SessionContext>
  );
}
