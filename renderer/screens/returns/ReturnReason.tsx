import { TextInput } from "@mantine/core";
import { Press } from "../../parts/Press.tsx";
import { useReturnText } from "./return-texts.ts";

/** Longest reason (contract/ipc/return-intents.ts). */
const mostReasonCharacters = 40;

const usual = ["unwanted", "quality", "wrong-item", "dated"] as const;

/** Why the goods come back: one press of a usual reason, or typed. The commonest is there from the beginning. */
export function ReturnReason(props: { readonly reason: string; readonly onReason: (reason: string) => void }) {
  const { reason, onReason } = props;
  const text = useReturnText();
  return (
    <div className="return-reason">
      <TextInput
        label={text("reason")}
        size="md"
        value={reason}
        maxLength={mostReasonCharacters}
        data-testid="return-reason"
        onChange={(event) => onReason(event.currentTarget.value)}
      />
      <div className="return-reasons" role="group" aria-label={text("reason")}>
        {usual.map((name) => {
          const words = text(`reason.${name}`);
          return (
            <Press
              key={name}
              data-testid={`return-reason-${name}`}
              aria-pressed={reason === words}
              onClick={() => onReason(words)}
            >
              {words}
            </Press>
          );
        })}
      </div>
    </div>
  );
}
