import type { TerminalAnswer } from "../../admin/shapes.ts";
import { send } from "../api-client.ts";
import { FormDialog } from "../parts/FormDialog.tsx";
import { useWords } from "../texts.tsx";

interface Props {
  readonly storeCode: string;
  readonly terminal: TerminalAnswer;
  readonly onClose: () => void;
  readonly onRevoked: () => void;
}

/** Asks once, with what it means: the till sells on, and what it sends is kept apart. */
export function RevokeDialog({ storeCode, terminal, onClose, onRevoked }: Props) {
  const { text } = useWords();
  const { terminalId } = terminal;
  return (
    <FormDialog
      onClose={onClose}
      onSave={() => send("POST", `/shops/${storeCode}/terminals/${terminalId}/revoke`)}
      onSaved={onRevoked}
      save={text("till.revoke")}
      title={text("revoke.title", { name: `${storeCode}-${terminalId}` })}
    >
      <p>{text("revoke.means")}</p>
    </FormDialog>
  );
}
