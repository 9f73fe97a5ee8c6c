import { Alert, Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { AskFault } from "../api-client.ts";
import { faultWords } from "../fault-words.ts";
import { useWords } from "../texts.tsx";

/** What went wrong and what to do next; a button where trying again is it. */
export function Trouble({ fault, onRetry }: { readonly fault: AskFault; readonly onRetry?: () => void }) {
  const { text } = useWords();
  return (
    <Alert className="office-trouble" color="red" icon={<IconAlertTriangle aria-hidden />} role="alert" variant="light">
      <p>{faultWords(fault, text)}</p>
      {onRetry !== undefined && (
        <Button onClick={onRetry} variant="default">
          {text("try-again")}
        </Button>
      )}
    </Alert>
  );
}
