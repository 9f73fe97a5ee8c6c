import { TextInput } from "@mantine/core";
import { Press } from "../../parts/Press.tsx";
import { useManagerText } from "../manager/manager-texts.ts";

/** Longest reason (contract/ipc/intents.ts). */
const mostReasonCharacters = 40;

const usual = ["returned", "wrong-price", "quality", "paid-twice"] as const;

/** Why the money goes back, typed, or by one press of a usual one: nobody types well with wet hands. */
export function RefundReason({
  reason,
  onReason,
}: {
  readonly reason: string;
  readonly onReason: (reason: string) => void;
}) {
  const text = useManagerText();
  return (
    <>
      <TextInput
        label={text("refund.reason")}
        description={text("refund.reason.hint")}
        size="md"
        required
        value={reason}
        maxLength={mostReasonCharacters}
        data-testid="refund-reason"
        onChange={(event) => onReason(event.currentTarget.value)}
      />
      <div className="refund-reasons" role="group" aria-label={text("refund.reason.usual")}>
        {usual.map((name) => {
          const words = text(`refund.reason.${name}`);
          return (
            <Press
              key={name}
              data-testid={`refund-reason-${name}`}
              aria-pressed={reason === words}
              onClick={() => onReason(words)}
            >
              {words}
            </Press>
          );
        })}
      </div>
    </>
  );
}
