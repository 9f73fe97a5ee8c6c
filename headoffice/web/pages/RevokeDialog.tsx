import type { MachineAnswer, MachineRole } from "../../admin/shapes.ts";
import { send } from "../api-client.ts";
import { FormDialog } from "../parts/FormDialog.tsx";
import { useWords } from "../texts.tsx";

interface Props {
  readonly storeCode: string;
  readonly machine: MachineAnswer & { readonly role: MachineRole };
  readonly onClose: () => void;
  readonly onRevoked: () => void;
}

/** Asks once, with what it means: a till sells on, and what it sends is kept apart; a relay brings nothing more. */
export function RevokeDialog({ storeCode, machine, onClose, onRevoked }: Props) {
  const { text } = useWords();
  const { terminalId, role } = machine;
  return (
    <FormDialog
      onClose={onClose}
      onSave={() => send("POST", `/shops/${storeCode}/terminals/${terminalId}/revoke`)}
      onSaved={onRevoked}
      save={text("till.revoke")}
      title={text("revoke.title", { name: `${storeCode}-${terminalId}` })}
    >
      <p>{text(`revoke.means.${role}`)}</p>
    </FormDialog>
  );
}
