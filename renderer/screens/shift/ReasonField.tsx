import { TextInput } from "@mantine/core";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { useShiftText } from "./shift-texts.ts";

/** Longest reason (contract/ipc/shift-intents.ts). */
const mostCharacters = 40;

/** Why, typed or by one press of a usual one: nobody types well with wet hands. */
export function ReasonField(props: {
  readonly usual: readonly string[];
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  /** Where the dialog takes the digits as presses of the usual ones. */
  readonly hasDigits?: boolean;
}) {
  const { usual, reason, onReason, hasDigits = false } = props;
  const text = useShiftText();
  return (
    <div className="shift-reason">
      <div className="shift-reasons" role="group" aria-label={text("reason.usual")}>
        {usual.map((words, index) => (
          <Press
            key={words}
            data-testid={`reason-${index + 1}`}
            aria-pressed={reason === words}
            onClick={() => onReason(words)}
          >
            {hasDigits && <KeyCap>{String(index + 1)}</KeyCap>}
            {words}
          </Press>
        ))}
      </div>
      <TextInput
        size="md"
        label={text("reason")}
        data-testid="shift-reason"
        maxLength={mostCharacters}
        value={reason}
        onChange={(event) => onReason(event.currentTarget.value)}
      />
    </div>
  );
}
