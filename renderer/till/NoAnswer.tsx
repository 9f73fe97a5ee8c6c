import "./till.css";
import { Button } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useTillText } from "../i18n/till-texts.ts";

/** Main did not answer at all; what is stored is safe, and trying again is all there is to do. */
export function NoAnswer({ onRetry }: { readonly onRetry: () => void }) {
  const text = useTillText();
  return (
    <main className="till-alone" role="alert">
      <IconPlugConnectedX size={64} aria-hidden />
      <p>{text("app.no-answer")}</p>
      <Button onClick={onRetry} size="xl">
        {text("app.retry")}
      </Button>
    </main>
  );
}
